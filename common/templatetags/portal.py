"""`{% load portal %}`: all that pages say the same way; the parts stand in modules beside it."""

from django import template

from common.templatetags import fields, marks, pages, steps, values

register = template.Library()

register.filter("money", values.money)
register.filter("signed_money", values.signed_money)
register.filter("signed", values.signed)
register.filter("short", values.short)
register.filter("who", values.who)
register.filter("moment", values.moment)
register.filter("day", values.day)
register.filter("contract_day", values.contract_day)
register.simple_tag(values.elapsed, name="elapsed")
register.simple_tag(values.colon, name="colon")
register.simple_tag(values.query, takes_context=True, name="qs")

register.simple_tag(marks.icon, name="icon")
register.filter("badge", marks.badge)
register.filter("mark", marks.mark)

register.inclusion_tag("components/_field.html", name="field")(fields.field)
register.filter("kind", fields.kind)
register.filter("control", fields.control)
register.filter("control_errors", fields.control_errors)
register.filter("checked_by", fields.checked_by)

register.filter("page_numbers", pages.page_numbers)
register.simple_tag(pages.pager_url, takes_context=True, name="pager_url")
register.simple_tag(pages.kept_fields, takes_context=True, name="kept_fields")
register.simple_tag(pages.again, takes_context=True, name="again")

register.filter("step_state", steps.step_state)
register.filter("progress", steps.progress)
