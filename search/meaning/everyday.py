"""Sentences of every kind in both languages, by which is told what all texts have in common for an encoder.

They were written for this and stand for no community; each French one says what the English one beside it says.
"""

EVERYDAY = (
    ("Bonjour, pouvez-vous m'aider ?", "Hello, can you help me?"),
    ("Où est ma commande ?", "Where is my order?"),
    ("Je n'ai pas reçu le colis annoncé pour hier.", "I did not receive the parcel announced for yesterday."),
    ("Comment changer mon mot de passe ?", "How do I change my password?"),
    ("Le lave-linge fait un bruit étrange à l'essorage.", "The washing machine makes a strange noise while spinning."),
    ("Quelle est la durée de la garantie ?", "How long is the warranty?"),
    ("Je voudrais être remboursé.", "I would like a refund."),
    ("Merci beaucoup, cela fonctionne maintenant.", "Thank you very much, it works now."),
    ("L'application se ferme toute seule sur mon téléphone.", "The app closes by itself on my phone."),
    ("Quelle peinture choisir pour une salle de bains ?", "Which paint should I choose for a bathroom?"),
    ("Les horaires du magasin le dimanche", "Opening hours of the shop on Sunday"),
    ("Une pièce manque dans la boîte.", "A part is missing from the box."),
    ("Puis-je payer en plusieurs fois ?", "Can I pay in instalments?"),
    ("La batterie ne tient plus la charge.", "The battery no longer holds its charge."),
    ("Mode d'emploi de la cafetière", "Coffee maker manual"),
    ("Comment résilier mon abonnement avant la fin ?", "How do I cancel my subscription before it ends?"),
    ("Mon enfant est malade, que dois-je faire ?", "My child is ill, what should I do?"),
    ("Faut-il un permis pour construire un abri de jardin ?", "Is a permit needed to build a garden shed?"),
    ("Le prix a augmenté depuis le mois dernier.", "The price has gone up since last month."),
    ("Impossible de me connecter au réseau sans fil", "Unable to connect to the wireless network"),
    ("Vis à bois de cinq millimètres", "Five millimetre wood screws"),
    ("Pourquoi la lumière rouge clignote-t-elle ?", "Why is the red light blinking?"),
    ("J'ai perdu ma carte.", "I lost my card."),
    ("Quels documents faut-il pour ouvrir un compte ?", "Which documents are needed to open an account?"),
    ("Le chauffage ne s'allume plus depuis ce matin.", "The heating has not come on since this morning."),
    ("Combien de jours de congé par an ?", "How many days of leave a year?"),
    ("La couleur ne correspond pas à la photo.", "The colour does not match the picture."),
    ("Exporter un tableau vers un autre logiciel", "Exporting a table to other software"),
    ("Je déménage : comment changer d'adresse ?", "I am moving: how do I change my address?"),
    ("Quel est le meilleur vélo pour la ville ?", "What is the best bicycle for the city?"),
    ("Le livreur a laissé le paquet chez un voisin.", "The driver left the package with a neighbour."),
    ("Mise à jour", "Update"),
)


def sentences() -> list[str]:
    """All of them, in both languages."""
    return [sentence for pair in EVERYDAY for sentence in pair]
