"""Restoring what an article said earlier of itself."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from archive import history
from archive.admin.article_history import mask_for, seen_by
from archive.admin.restoring_states import Part, RestoreStateView, Restoring, masked
from archive.history import Entry, ToldChange
from archive.history.of_articles import lines_of
from archive.intake.corrections import CorrectionError
from archive.intake.earlier_articles import PERMISSION, WHO_MAY_READ, ArticleStateError, plan_article, restore_article
from archive.locking import StaleRowError
from archive.models import Article


class RestoreArticleStateView(RestoreStateView):
    permission = PERMISSION
    refusals = (ArticleStateError, CorrectionError, StaleRowError)
    row: Article
    has_other_readers = False  # who may read it was otherwise, which is restored by itself

    def find(self, pk: int) -> Article:
        return get_object_or_404(Article.objects.select_related("source"), pk=pk)

    def plan(self, *, to: str, only: str) -> Restoring | None:
        plan = plan_article(self.find(self.row.pk), to=to, only=only)
        if plan is None:
            return None
        self.has_other_readers = bool(plan.apart) and only != WHO_MAY_READ
        obstacles = list(plan.obstacles)
        if plan.lacks_right(self.editor):
            obstacles.append(_("It takes rights that you do not have: ask somebody who has them."))
        line = lines_of(plan.article, may_see_withheld=False)[0]
        assert isinstance(line, history.TrackedLine)
        words = line.prepare([plan.then, plan.article])
        restored = {str(line.labels[name]) for name in plan.fields}
        found = line.changes(plan.then, plan.article, "update", words)
        changes = tuple(change for change in found if change.label in restored)
        told = Entry(line.slug, str(line.what), _("says again what it said"), changes=changes)
        mask = mask_for(self.editor, self.row)
        parts = masked([Part(told)], mask) if changes else []
        return Restoring(plan.at, parts, [mask(one) for one in obstacles], plan.digest)

    def restore(self, *, reason: str, seen: str) -> None:
        restore_article(self.find(self.row.pk), by=self.editor, reason=reason, to=self.to, only=self.only, seen=seen)

    def done_since(self, moment: datetime) -> list[ToldChange]:
        lines = lines_of(self.row, may_see_withheld=False)
        return history.told_after(lines, moment, mask=mask_for(self.editor, self.row))

    @property
    def address_of_readers(self) -> str:
        """Where who may read it is restored by itself."""
        return f"?{urlencode({'to': self.to, 'only': WHO_MAY_READ})}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {
            "shown_name": seen_by(self.editor, self.row).title,
            "about": _("Copies, texts, passages and withheld words stay as they are.") if not self.only else "",
            "apart": self.address_of_readers if self.restoring and self.has_other_readers else "",
        }
        return super().get_context_data(**{**more, **kwargs})
