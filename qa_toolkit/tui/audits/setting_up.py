"""How a co-ordinator sets an audit up on its grid: each deed is loaded only when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa_toolkit.domain.errors import InputError
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.reading import Cell, Grid
from qa_toolkit.workflow.returns import require_open

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp


async def set_up(app: QAApp, grid: Grid, what: str, *, row: int, cell: Cell | None) -> str:
    """One of `cases`, `sample`, `replace`, `facts`, `same`, `terms`, `who`, `waiver`; what to say, if it was recorded.

    `row` and `cell` are where the cursor stands.

    Raises:
        QAError: It may not be done here; said before anything is filled in.
    """
    file = grid.file
    allowed.coordinator(app.workspace, app.person.id if app.person else "", "set an audit up")
    if what != "same":  # audits are compared after they were closed, too
        require_open(app.workspace, file)
    if what in ("cases", "sample", "replace", "facts", "same") and file.audit.subject != "child":
        raise InputError(f"{file.audit.id} is about agencies, not children, so it has no cases.")
    if what == "cases":
        from qa_toolkit.tui.audits.cases import ask_cases

        return await ask_cases(app, file)
    if what in ("facts", "replace", "same") and row >= len(grid.subjects):
        raise InputError("There is no case yet: + adds the first.")
    if what == "facts":
        from qa_toolkit.tui.audits.cases import ask_facts

        return await ask_facts(app, file, file.subjects[grid.subjects[row]])
    if what == "replace":
        from qa_toolkit.tui.audits.sampling import ask_replacement

        return await ask_replacement(app, file, grid.subjects[row])
    if what == "same":
        from qa_toolkit.tui.audits.same_child import ask_same_child

        return await ask_same_child(app, file, grid.subjects[row])
    if what == "waiver":
        from qa_toolkit.tui.audits.waiving import ask_waiver

        if cell is None:
            raise InputError("No return is asked for here, so there is nobody to give leave to.")
        return await ask_waiver(app, file, cell)
    if what == "sample":
        from qa_toolkit.tui.audits.sampling import ask_sample

        return await ask_sample(app, file)
    if what == "terms":
        from qa_toolkit.tui.audits.terms import ask_terms

        return await ask_terms(app, file)
    from qa_toolkit.tui.audits.allocating import AllocateScreen

    app.push_screen(AllocateScreen(file.audit.id))
    return ""
