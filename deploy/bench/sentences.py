"""Invented sentences in French and English, so that a measured page reads like a page and not like noise."""

import random
from dataclasses import dataclass

# What the benchmark searches for; no other sentence holds either word.
NEEDLE = {
    "en": "The copper lantern above the door was the real cause.",
    "fr": "On a retrouvé la copper lantern dans la notice d’origine.",
}


@dataclass(frozen=True)
class Grammar:
    """The parts from which sentences of one language are put together."""

    subjects: tuple[str, ...]
    verbs: tuple[str, ...]
    objects: tuple[str, ...]
    places: tuple[str, ...]
    endings: tuple[str, ...]
    questions: tuple[str, ...]

    def sentence(self, rng: random.Random) -> str:
        """One sentence of about seventy characters."""
        parts = (self.subjects, self.verbs, self.objects, self.places, self.endings)
        return " ".join(rng.choice(words) for words in parts) + "."

    def question(self, rng: random.Random) -> str:
        """A title."""
        return rng.choice(self.questions).format(object=rng.choice(self.objects), place=rng.choice(self.places))

    def text(self, rng: random.Random, length: int) -> str:
        """Paragraphs of about `length` characters."""
        sentences: list[str] = []
        size = 0
        while size < length - 55:
            sentences.append(self.sentence(rng))
            size += len(sentences[-1]) + 1
        half = (len(sentences) + 1) // 2
        return "\n\n".join(" ".join(part) for part in (sentences[:half], sentences[half:]) if part)


ENGLISH = Grammar(
    subjects=(
        "My neighbour", "The fitter", "A friend of mine", "My sister", "The previous owner", "Our handyman",
        "The shop assistant", "An old manual", "My uncle", "Someone on the stairs",
    ),
    verbs=(
        "tightened", "replaced", "cleaned", "measured", "painted", "drilled through", "sealed", "took apart",
        "sanded", "switched off",
    ),
    objects=(
        "the inlet valve", "the hinge", "the skirting board", "the thermostat", "the shower tray", "the gutter",
        "the fuse box", "the window latch", "the radiator key", "the door frame", "the mixer tap", "the floor joist",
    ),
    places=(
        "under the sink", "behind the boiler", "in the hallway", "near the chimney", "on the landing",
        "in the cellar", "beside the bath", "at the back of the house", "below the stairs", "in the loft",
    ),
    endings=(
        "and the noise stopped at once", "but the damp came back in spring", "so the draught is gone now",
        "because the screws were too short", "without emptying the system first", "before the winter set in",
        "after two evenings of trying", "and it has held for a year", "with nothing but a spanner",
        "while the glue was still wet",
    ),
    questions=(
        "How do I loosen {object} {place}?", "Who has ever repaired {object} {place}?",
        "Is it normal that {object} rattles {place}?", "Which sealant for {object} {place}?",
        "Water stains around {object} {place}", "Can I move {object} {place} by myself?",
    ),
)  # fmt: skip

FRENCH = Grammar(
    subjects=(
        "Mon voisin", "Le plombier", "Une amie", "Ma sœur", "L’ancien propriétaire", "Notre bricoleur",
        "La vendeuse", "Un vieux manuel", "Mon oncle", "Le gardien",
    ),
    verbs=(
        "a resserré", "a remplacé", "a nettoyé", "a mesuré", "a repeint", "a percé", "a rebouché", "a démonté",
        "a poncé", "a coupé",
    ),
    objects=(
        "la vanne d’arrivée", "la charnière", "la plinthe", "le thermostat", "le receveur de douche",
        "la gouttière", "le tableau électrique", "la poignée de fenêtre", "la clé du radiateur",
        "l’encadrement de porte", "le mitigeur", "la solive",
    ),
    places=(
        "sous l’évier", "derrière la chaudière", "dans le couloir", "près de la cheminée", "sur le palier",
        "à la cave", "à côté de la baignoire", "à l’arrière de la maison", "sous l’escalier", "dans les combles",
    ),
    endings=(
        "et le bruit a cessé aussitôt", "mais l’humidité est revenue au printemps",
        "si bien qu’il n’y a plus de courant d’air", "parce que les vis étaient trop courtes",
        "sans vidanger le circuit", "avant l’arrivée du froid", "après deux soirées d’essais",
        "et ça tient depuis un an", "avec une simple clé plate", "alors que la colle était encore fraîche",
    ),
    questions=(
        "Comment débloquer {object} {place} ?", "Qui a déjà réparé {object} {place} ?",
        "Est-ce normal que {object} vibre {place} ?", "Quel mastic pour {object} {place} ?",
        "Auréoles autour de {object} {place}", "Puis-je déplacer {object} {place} sans aide ?",
    ),
)  # fmt: skip

GRAMMARS = {"en": ENGLISH, "fr": FRENCH}


def html_of(text: str) -> str:
    """What the site's Markdown makes of such a text, ten times as fast: it holds letters and full stops only."""
    return "".join(f"<p>{paragraph}</p>\n" for paragraph in text.split("\n\n"))
