"""The addresses of the site: names of files and anchors, which other tools may link to.

They are made of codes and hashes only, never of words of a document: no text can name a file. An address is relative to
the top of the site.
"""

from hashlib import sha256

OVERVIEW = "index.html"
PLACES = "places.html"
WITHOUT_PLACE = "places/none.html"
INDICATORS = "indicators.html"
UNREGISTERED = "indicators/unregistered.html"
DOCUMENTS = "documents.html"
PLANS = "plans.html"
RANKINGS = "rankings.html"
PEOPLE = "people.html"
ORGANIZATIONS = "organizations.html"
EVENTS = "events.html"
PROGRAMMES = "programmes.html"
CONFLICTS = "conflicts.html"
REFUSED = "refused.html"
DICTIONARY = "dictionary.html"

# Where the rows of a table are shown, for those that are shown as a whole.
SHOWN_ON = {
    "documents": DOCUMENTS,
    "document_texts": DOCUMENTS,
    "number_ledger": DOCUMENTS,
    "observations": INDICATORS,
    "rankings": RANKINGS,
    "person_roles": PEOPLE,
    "organizations": ORGANIZATIONS,
    "events": EVENTS,
    "outcomes": EVENTS,
    "plan_items": PLANS,
    "programmes": PROGRAMMES,
    "places": PLACES,
    "indicators": INDICATORS,
    "quality.rejected": REFUSED,
    "quality.conflicts": CONFLICTS,
    "quality.findings": CONFLICTS,
    "quality.check_results": OVERVIEW,
    "marts.indicator_series": PLACES,
    "marts.peer_comparison": INDICATORS,
    "marts.target_progress": PLANS,
    "marts.plan_tree": PLANS,
    "marts.ranking_history": RANKINGS,
    "marts.officeholders": PEOPLE,
    "marts.cooperation_network": PLACES,
    "warehouse": OVERVIEW,
}


def anchor(words: str) -> str:
    """An anchor for something that only words tell apart, such as a list of rankings."""
    return f"w{sha256(words.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def place(code: str | None) -> str:
    """The page of a place; without a code, the page of facts that have no place."""
    return f"places/{code}.html" if code else WITHOUT_PLACE


def indicator(code: str | None, name: str = "") -> str:
    """The page of an indicator; without a code, its part of the page of those that the registry does not have."""
    return f"indicators/{code}.html" if code else f"{UNREGISTERED}#{anchor(name)}"


def table_of_indicator(code: str) -> str:
    """The values of an indicator as CSV."""
    return f"indicators/{code}.csv"


def document(doc_id: str) -> str:
    """The page of a document."""
    return f"documents/{doc_id}.html"


def fact(doc_id: str, fact_id: str) -> str:
    """A fact on the page of its document: the anchor is its id."""
    return f"{document(doc_id)}#{fact_id}"


def number(doc_id: str, raw_start: int) -> str:
    """A number in the text of a document, by its position."""
    return f"{document(doc_id)}#n{raw_start}"


def plan(doc_id: str) -> str:
    """The page of the plans that a document prints."""
    return f"plans/{doc_id}.html"
