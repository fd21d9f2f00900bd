"""Completeness: what the meeting file leaves empty that would give a document more to say."""

from .meeting import Report, Speech, Task

# What makes a text longer by saying more; who, when and how is asked for elsewhere.
_SPEECH = ("progress", "figures", "problems", "significance", "goals", "tasks", "requirements", "background")
_REPORT = ("overview", "practices", "results", "problems", "next_steps", "suggestions")
_TASK = ("measures", "standard", "deadline", "lead")


def speech_lacks(speech: Speech) -> tuple[str, ...]:
    """Return the keys of a speech that are empty, then those of its tasks, in Chinese."""
    thin = [(task.name, _empty(task, _TASK)) for task in speech.tasks]
    of_tasks = [f"任务“{name}”的{'、'.join(keys)}" for name, keys in thin if keys]
    return (*_empty(speech, _SPEECH), *of_tasks)


def report_lacks(report: Report) -> tuple[str, ...]:
    """Return the keys of a report that are empty, in Chinese."""
    return _empty(report, _REPORT)


def _empty(record: Speech | Report | Task, names: tuple[str, ...]) -> tuple[str, ...]:
    fields = type(record).model_fields
    return tuple(fields[name].alias or name for name in names if not getattr(record, name))
