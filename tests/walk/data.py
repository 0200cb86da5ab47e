"""What may stand on a page as it is, in every language: names and values, not words."""

import re

NAMES = (
    "Reseller Portal",
    "Northwind Cloud Services",
    "Northwind",
    "Fabrikam SAS",
    "Fabrikam",
    "Contoso Distribution",
    "Contoso Bakery",
    "Contoso",
    "Bakery",
    "Claire Dubois",
    "12 rue de la Paix",
    "Paris",
    "Basic",
)
"""Companies, people and places of the world that the pages show."""
AS_WRITTEN = {
    "(note )",
    "owner",
    "owner,",
    "Basic",
    "Elsewhere",
    "note",
    "Monthly, Annual, Triennial",
    "English",
    "Français",
    "France",
    "Belgique",
    "no",
}
"""Whole texts that are a value of this world's rows, or a language by its own name."""
PRODUCT = re.compile(
    r"(?:(?:Microsoft|Office|Exchange|Power BI|Project|Visio|Business|Intune|Dynamics)\b"
    r"(?: (?:\d+|[EFP]\d|365|Apps|Basic|Business|Defender|Entra|ID|Intune|Online|Phone|Plan|Premium"
    r"|Pro|Standard|Teams|Essentials|for|business|enterprise|Office|\(Plan \d\)|\(Trial\)))*)"
)
VALUES = re.compile(
    r"[\w.+-]+@[\w.-]+"  # an address of mail
    r"|https?://\S+"
    r"|[\w-]+(?:\.[\w-]+)+"  # a domain, a dotted name
    r"|\b(?:[A-Z][A-Za-z]+|US)/[A-Za-z/ -]+"  # a time zone
    r"|\b[A-Z][A-Z0-9]+\b"  # a currency, a country, a type of record, an abbreviation
    r"|\b\w*\d[\w-]*"  # a number, an id
)
WORD = re.compile(r"[^\W\d_]{2,}")


def has_words(text: str) -> bool:
    """Whether something is left of it that somebody would have to translate."""
    if text in AS_WRITTEN:
        return False
    for name in NAMES:
        text = text.replace(name, " ")
    return bool(WORD.search(VALUES.sub(" ", PRODUCT.sub(" ", text))))
