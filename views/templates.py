"""Examples of objectives to start from."""

from collections.abc import Sequence

from domain.templates import Template
from views.blocks import Block, View, actions, button, context, header, modal, section
from views.text import escape

PICK = "objective.templates"
USE = "objective.template"


def offer() -> Block:
    """A way to an example, for whoever looks at an empty form."""
    return actions(button("Start from an example", PICK))


def templates(each: Sequence[Template]) -> View:
    """Every example, by function, each with a way to begin with it."""
    drawn: list[Block] = [section("Take one that is near to what you mean, and make it yours: words, numbers and all.")]
    before = ""
    for template in each:
        if template.function != before:
            drawn.append(header(template.function))
        before = template.function
        shown = "\n".join(f"• {escape(sample.title)}" for sample in template.key_results)
        drawn.append(section(f"*{escape(template.title)}*\n{shown}", button("Use this", USE, template.key)))
    return modal("Examples", drawn)


def comes_with(template: Template) -> Block:
    """What else an example brings, for the form that it fills in."""
    count = len(template.key_results)
    return context(
        f"Comes with {count} key results as proposals. Their numbers are only examples: "
        "*Edit* each to put in your own, or decline what does not fit."
    )
