"""Why a clause changes no charter, and why a text is no decision by the council: codes, and how they are said."""

from __future__ import annotations

from collections.abc import Mapping

REASONS: Mapping[str, str] = {
    "annan-handling": "gäller en annan handling än ett reglemente",
    "annat-slags-handling": "gäller ett annat slags handling, till exempel en delegationsordning, en taxa eller ett arvodesreglemente",
    "uppdrag": "ger någon ett uppdrag",
    "val": "är ett val",
    "anslag": "fördelar pengar",
    "motion-besvarad": "besvarar en motion",
    "motion-avslagen": "avslår en motion",
    "motion-bifallen": "bifaller en motion utan att ange någon ny lydelse",
    "motion-remitterad": "lämnar en motion till beredning",
    "motion-atertagen": "avskriver något som har tagits tillbaka",
    "till-handlingarna": "lägger en redovisning eller information till handlingarna",
    "aterremiss": "skickar tillbaka ärendet för ny beredning",
    "bordlaggning": "skjuter upp ärendet",
    "forslag-av-namnd": "är ett förslag från en nämnd, inte ett beslut",
    "forslag-av-styrelsen": "är ett förslag från kommunstyrelsen, inte ett beslut",
    "forslag-av-forvaltningen": "är ett förslag i en tjänsteskrivelse, inte ett beslut",
    "yrkande": "är ett yrkande, inte ett beslut",
    "yrkande-avslaget": "avslår ett yrkande",
    "reservation": "är en reservation",
    "protokollsanteckning": "är en anteckning till protokollet",
    "uttryckligen-ingen-andring": "säger uttryckligen att reglementet inte ändras",
    "redogorelse": "berättar om något som redan har beslutats",
    "dokumentuppgift": "är en uppgift i ett dokumenthuvud",
    "ikrafttradande": "säger när beslutet gäller",
    "tills-vidare": "säger att beslutet gäller tills vidare",
    "villkor": "ställer ett villkor för beslutet",
    "overgang": "är en övergångsbestämmelse",
    "annat-organ": "är ett beslut av någon annan än kommunfullmäktige",
    "omedelbar-justering": "gäller protokollet",
    "expediering": "säger vem som ska få del av beslutet, eller var det ska stå",
    "overklagande": "säger hur beslutet överklagas",
    "organisation": "gäller organisationen men anger ingen text",
    "upphaver-beslut": "upphäver ett tidigare beslut",
    "enligt-forslaget": "hänvisar till en text vars att-satser läses för sig, se nedan",
    "andras-i-beslutet": "har en lydelse som ändras innan den antas, se nedan",
    "andrar-forslaget": "ändrar bara förslaget",
    "utgar-ur-forslaget": "utgår ur förslaget eller ersätts, se nedan",
    "ingen-andring": "ändrar inget reglemente, enligt ett svar",
    "inget-beslut": "texten innehåller inget beslut av kommunfullmäktige",
}
"""Each code with a Swedish phrase that ends the sentence "Att-satsen …" (or "Texten …")."""


def reason_said(code: str) -> str:
    """Return how a reason is said in Swedish; the code itself when it is not known."""
    return REASONS.get(code, code)
