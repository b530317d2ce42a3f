"""Examples to start from: objectives by function, with key results whose numbers are there to be replaced."""

from dataclasses import dataclass

from domain.measures import Measure, MeasureKind, measure

UP, DOWN = MeasureKind.INCREASE, MeasureKind.DECREASE


@dataclass(frozen=True, slots=True)
class Sample:
    """A key result to begin with: its numbers are there to be replaced."""

    title: str
    start: str
    target: str
    unit: str = ""
    kind: MeasureKind = UP

    @property
    def measure(self) -> Measure:
        """Its measure, at its start."""
        return measure(self.start, self.target, self.unit, self.kind)


@dataclass(frozen=True, slots=True)
class Template:
    """An objective to begin with: whose it usually is, what it says and why, and how it would show."""

    key: str
    function: str
    title: str
    why: str
    key_results: tuple[Sample, ...]


TEMPLATES: tuple[Template, ...] = (
    Template(
        "engineering-calm",
        "Engineering",
        "Our service is boringly reliable",
        "Every outage costs our customers a morning and us a week of trust.",
        (
            Sample("Minutes that customers could not work", "240", "60", "minutes", DOWN),
            Sample("Incidents that a customer told us about first", "12", "3", "incidents", DOWN),
            Sample("Alerts at night that somebody had to get up for", "20", "5", "alerts", DOWN),
        ),
    ),
    Template(
        "engineering-flow",
        "Engineering",
        "Nobody waits for a deployment",
        "What is finished and not yet in use helps nobody, and grows riskier by the day.",
        (
            Sample("Median time from merged to running", "48", "4", "hours", DOWN),
            Sample("Releases a week", "2", "10", "releases"),
            Sample("Releases that had to be taken back", "15", "5", "%", DOWN),
        ),
    ),
    Template(
        "product-start",
        "Product",
        "New customers are at work within a day",
        "Most of those who leave us leave before they ever got going.",
        (
            Sample("New customers who finish the set-up on the first day", "35", "65", "%"),
            Sample("Median time to the first result", "90", "20", "minutes", DOWN),
            Sample("Questions to support per new customer", "3", "1", "questions", DOWN),
        ),
    ),
    Template(
        "product-habit",
        "Product",
        "People come back because it helps them",
        "A product that is opened every week is renewed without a phone call.",
        (
            Sample("Customers who use it in three weeks of four", "40", "60", "%"),
            Sample("Customers who have asked a colleague in", "20", "35", "%"),
        ),
    ),
    Template(
        "sales-new",
        "Sales",
        "The customers we win are the ones we can make happy",
        "A deal that leaves again within a year costs more than it brought.",
        (
            Sample("New annual revenue from customers of our kind", "200k", "350k", "€"),
            Sample("Offers that become a contract", "18", "28", "%"),
            Sample("Days from the first talk to the signature", "75", "50", "days", DOWN),
        ),
    ),
    Template(
        "sales-pipeline",
        "Sales",
        "We know in the first month what the quarter will bring",
        "Nobody can hire or plan on surprises in the last week.",
        (
            Sample("Pipeline for each euro of target on the first day", "1.5", "3", "€"),
            Sample("How far the forecast in month one was off", "35", "10", "%", DOWN),
        ),
    ),
    Template(
        "success-stay",
        "Customer success",
        "Customers stay, and tell others why",
        "Keeping a customer is the cheapest growth there is.",
        (
            Sample("Customers lost a month", "14", "6", "customers", DOWN),
            Sample("Customers who would recommend us", "30", "50", "points"),
            Sample("Customers who agreed to be named as a reference", "5", "15", "customers"),
        ),
    ),
    Template(
        "success-answers",
        "Customer success",
        "A question is answered once, and well",
        "Those who have to ask twice begin to look around.",
        (
            Sample("Questions settled with the first answer", "55", "75", "%"),
            Sample("Median time to a first answer", "6", "1", "hours", DOWN),
        ),
    ),
    Template(
        "people-growth",
        "People",
        "People grow here, and can see that they do",
        "Most of those who leave say that they saw no next step.",
        (
            Sample("People with a conversation about their growth this quarter", "30", "90", "%"),
            Sample("Open positions filled from within", "10", "30", "%"),
            Sample("Good people who left us", "8", "3", "people", DOWN),
        ),
    ),
    Template(
        "people-start",
        "People",
        "A new colleague feels at home within a month",
        "The first weeks decide how long people stay.",
        (
            Sample("New colleagues who say that they know what is expected", "60", "90", "%"),
            Sample("Days until somebody new has done something of their own", "25", "10", "days", DOWN),
        ),
    ),
    Template(
        "marketing-known",
        "Marketing",
        "Those who need us have heard of us",
        "We lose more deals to not being known than to any competitor.",
        (
            Sample("Visitors a week who came looking for us by name", "1,200", "2,500", "visitors"),
            Sample("Sales calls that began with an article of ours", "8", "25", "calls"),
            Sample("Cost of one qualified lead", "180", "110", "€", DOWN),
        ),
    ),
    Template(
        "finance-clear",
        "Finance",
        "Everybody knows what they may spend, and why",
        "Money decisions wait for days when the numbers are old.",
        (
            Sample("Working days until the month is closed", "12", "5", "days", DOWN),
            Sample("Teams that see their budget whenever they like", "2", "10", "teams"),
            Sample("Invoices paid to us late", "30", "12", "%", DOWN),
        ),
    ),
    Template(
        "operations-smooth",
        "Operations",
        "Orders run through without a phone call",
        "Each exception costs three people an hour and one customer their patience.",
        (
            Sample("Orders that run through untouched", "62", "85", "%"),
            Sample("Days from order to delivery", "9", "5", "days", DOWN),
            Sample("Complaints per thousand orders", "18", "8", "complaints", DOWN),
        ),
    ),
)
"""All there are, by function."""


def template(key: str) -> Template | None:
    """The example of this key, if there is one."""
    return next((each for each in TEMPLATES if each.key == key), None)
