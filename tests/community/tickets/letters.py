"""Mails as people's programs, and others, write them."""

from email.message import EmailMessage
from itertools import count

numbers = count(1)


def letter(
    body: str = "It came this morning.",
    *,
    sender: str = "camille@guest.example",
    to: str = "",
    html: str = "",
    files: tuple[tuple[str, bytes, str], ...] = (),
    **headers: str,
) -> bytes:
    """A mail; `headers` have underscores for dashes, an empty one is left out."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to or "support@support.example"
    message["Subject"] = "Re: about my request"
    named = {"Message-ID": f"<letter-{next(numbers)}@example.org>"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in named.items():
        if value:
            message[name] = value
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
    for name, content, kind in files:
        main, _slash, sub = kind.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


QUOTE = "> Dear customer,\n> SECRET-QUOTE\n"
MAIL = "Entraide <no-reply@brand.example>"
OUTLOOK = f"{'_' * 32}\nFrom: {MAIL}\nSent: Monday\nTo: Camille\nSubject: Re: parcel\n\nSECRET-QUOTE"
OUTLOOK_FR = f"De : {MAIL}\nEnvoyé : lundi 23 novembre 2026 10:00\nÀ : Camille\nObjet : Re\n\nSECRET-QUOTE"
# What mail programs put below the new words.
BELOW = {
    "our line": "On Mon someone wrote:\n> — Write your answer above this line —\n> SECRET-QUOTE",
    "our line in French": "— Écrivez votre réponse au-dessus de cette ligne —\nSECRET-QUOTE",
    "Gmail": f"On Mon, 23 Nov 2026 at 10:00, {MAIL} wrote:\n{QUOTE}",
    "Gmail in two lines": f"On Mon, 23 Nov 2026 at 10:00, The Very Long Name\n{MAIL} wrote:\n{QUOTE}",
    "Gmail in French": f"Le lun. 23 nov. 2026 à 10:00, {MAIL} a écrit :\n{QUOTE}",
    "Apple in French": f"Le 23 nov. 2026 à 10:00, {MAIL} a écrit\u00a0:\n{QUOTE}",
    "Outlook": OUTLOOK,
    "Outlook in French": OUTLOOK_FR,
    "Thunderbird in German": f"Am 23.11.2026 um 10:00 schrieb Entraide:\n{QUOTE}",
    "quotes alone": QUOTE,
    "signature": "-- \nCamille\nSECRET-QUOTE",
}
