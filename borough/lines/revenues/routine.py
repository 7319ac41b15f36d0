"""Small decisions taken often, told as they were before anybody decided: for both to take anew."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from borough.kernel import joining
from borough.kernel.pages import wording
from borough.lines.revenues import models, writing_off

GRANT_OR_REFUSE = ("Grant it", "Refuse it")


def _decided_write_offs(starts: date, ends: date) -> Sequence[int]:
    rows = models.WriteOffDecision.objects.filter(on__gte=starts, on__lt=ends)
    return list(rows.order_by("write_off").values_list("write_off", flat=True))


def _told_of_write_offs(ids: Collection[int]) -> Mapping[int, Sequence[str]]:
    rows = models.WriteOff.objects.filter(pk__in=ids).select_related("sub_account")
    return {
        one.pk: (
            f"To give up {wording.money(one.pence)} of Council Tax of {one.sub_account.part}",
            f"Because: {writing_off.reasons(one.on)[one.reason]['words']}",
            f"Asked for on {wording.day(one.on)}",
            "Something stood against collecting it, and was looked at"
            if one.stays_seen
            else "Nothing stood against collecting it",
        )
        for one in rows
    }


def _decided_refunds(starts: date, ends: date) -> Sequence[int]:
    rows = models.RefundDecision.objects.filter(on__gte=starts, on__lt=ends)
    return list(rows.order_by("refund").values_list("refund", flat=True))


def _told_of_refunds(ids: Collection[int]) -> Mapping[int, Sequence[str]]:
    rows = models.Refund.objects.filter(pk__in=ids).select_related("sub_account")
    return {
        one.pk: (
            f"To pay back {wording.money(one.pence)} of Council Tax of {one.sub_account.part}",
            f"Asked for on {wording.day(one.on)}",
            f"Owed for other years: {wording.money(one.other_debts_pence)}; the payer chose to be "
            "paid back all the same"
            if one.other_debts_pence
            else "Nothing was owed for other years",
        )
        for one in rows
    }


ALL = (
    joining.Routine(
        "revenues.write_offs",
        "Write-offs of Council Tax",
        GRANT_OR_REFUSE,
        _decided_write_offs,
        _told_of_write_offs,
    ),
    joining.Routine(
        "revenues.refunds",
        "Refunds of Council Tax",
        GRANT_OR_REFUSE,
        _decided_refunds,
        _told_of_refunds,
    ),
)
