/** The minutes of one case, from their facts. */
import type { PersonId } from '../../domain/ids.ts';
import { dayOf } from '../../domain/iso-week.ts';
import { CHECKLIST_LINES } from '../../domain/meeting/checklist.ts';
import type { MinutesFacts } from '../../domain/meeting/minutes-facts.ts';
import { said, text, type Block, type ContentDocument, type Words } from './content.ts';
import { statusTable } from './status-table.ts';

export function minutesDocument(facts: MinutesFacts): ContentDocument {
	const { organisation, team, week, openedAt, closedAt } = facts;
	return {
		title: said(facts.citizenName),
		lead: leadOf(facts),
		organisation,
		team: team.name,
		kind: text('minutes.kind', { week: { week } }),
		when: text('minutes.when', { day: { day: dayOf(new Date(openedAt)) }, from: { clock: openedAt }, to: { clock: closedAt } }),
		blocks: [
			goalOf(facts),
			...decisionsOf(facts),
			...agreedOf(facts),
			...statusTable(facts),
			{ kind: 'beside', left: tasksOf(facts), right: equationOf(facts) },
			...peopleOf(facts),
		],
	};
}

function leadOf(facts: MinutesFacts): Words {
	const { position, of, phase, coordinator, coordinatorBefore: before } = facts;
	const parts: Words[] = [text('minutes.item', { position, of })];
	if (phase) parts.push(text('minutes.phase', { label: { label: phase.label }, position: phase.position, of: phase.of }));
	if (coordinator) {
		const now = text('minutes.coordinator', { person: whole(facts, coordinator) });
		const then =
			before && text('minutes.coordinatorBefore', { person: name(facts, before.personId), week: { week: before.until } });
		parts.push(then ? { join: [now, then], by: ' ' } : now);
	}
	return { join: parts, by: '. ' };
}

function goalOf({ goal }: MinutesFacts): Block {
	const { targetDays, saidInWeeks } = goal;
	const detail: Words[] = [
		...(targetDays.length > 0 ? [text('minutes.goalBy', { day: any(targetDays.map((day) => ({ day }))) })] : []),
		...(saidInWeeks.length > 0 ? [text('minutes.saidIn', { week: any(saidInWeeks.map((week) => ({ week }))) })] : []),
	];
	return {
		kind: 'goal',
		team: goal.team ? said(goal.team) : null,
		own: goal.citizen ? text('minutes.quoted', { words: said(goal.citizen) }) : null,
		detail: detail.length > 0 ? { join: detail, by: ' · ' } : null,
	};
}

function decisionsOf(facts: MinutesFacts): readonly Block[] {
	if (facts.decisions.length === 0) return [];
	const items = facts.decisions.map((each) => ({ words: said(each.text), aside: whoAndWhen(facts, each) }));
	return [heading('decided'), { kind: 'list', sign: 'check', items }];
}

function agreedOf({ agreed }: MinutesFacts): readonly Block[] {
	const rows = CHECKLIST_LINES.flatMap((line) => {
		const answer = agreed[line];
		return answer ? [{ question: text(`minutes.line.${line}`), answer: said(answer) }] : [];
	});
	return rows.length > 0 ? [heading('agreed'), { kind: 'answers', rows }] : [];
}

function tasksOf(facts: MinutesFacts): readonly Block[] {
	if (facts.tasks.length === 0) return [heading('tasks'), { kind: 'paragraph', words: text('minutes.noTasks') }];
	const items = facts.tasks.map((task) => ({
		words: said(task.text),
		aside: task.isOverdue ? text('minutes.overdue', { who: names(facts, task.owners) }) : whoAndWhen(facts, task),
	}));
	return [heading('tasks'), { kind: 'list', sign: 'none', items }];
}

function equationOf(facts: MinutesFacts): readonly Block[] {
	const { open, done, carried, dropped } = facts.equation;
	const reasons = dropped.map(({ text: words, by, at, reason }): Block => {
		const parameters = { task: said(words), person: name(facts, by), at: { clock: at } };
		const sentence = reason
			? text('minutes.droppedBecause', { ...parameters, reason: said(reason) })
			: text('minutes.dropped', parameters);
		return { kind: 'paragraph', words: sentence };
	});
	return [heading('equation'), { kind: 'equation', open, done, carried, dropped: dropped.length }, ...reasons];
}

function peopleOf(facts: MinutesFacts): readonly Block[] {
	const came = facts.attendance.map(({ personId }) =>
		personId === facts.chair ? text('minutes.chair', { person: whole(facts, personId) }) : whole(facts, personId),
	);
	const present: Block[] = [heading('present'), { kind: 'paragraph', words: sentence(came) }];
	if (facts.absent.length > 0)
		present.push({ kind: 'paragraph', words: text('minutes.absent', { names: names(facts, facts.absent) }) });
	if (facts.writers.length > 0)
		present.push({ kind: 'paragraph', words: text('minutes.wrote', { names: names(facts, facts.writers) }) });
	return present;
}

interface Assigned {
	readonly owners: readonly PersonId[];
	readonly dueOn: readonly string[];
}

function whoAndWhen(facts: MinutesFacts, { owners, dueOn }: Assigned): Words | null {
	const parts = [
		...(owners.length > 0 ? [any(owners.map((id) => name(facts, id)))] : []),
		...(dueOn.length > 0 ? [any(dueOn.map((day) => ({ day })))] : []),
	];
	return parts.length > 0 ? { join: parts, by: ', ' } : null;
}

function heading(of: 'decided' | 'agreed' | 'tasks' | 'equation' | 'present'): Block {
	return { kind: 'heading', words: text(`minutes.heading.${of}`) };
}

/** What two people chose and nobody has picked from stands as it is. */
function any(choices: readonly Words[]): Words {
	return choices.length === 1 ? choices[0]! : { join: choices, by: ' / ' };
}

function names(facts: MinutesFacts, ids: readonly PersonId[]): Words {
	return { list: ids.map((id) => name(facts, id)) };
}

function sentence(list: readonly Words[]): Words {
	return { list };
}

function name({ people }: MinutesFacts, id: PersonId): Words {
	const person = people[id];
	return person ? said(person.name) : text('board.someone');
}

/** `Sofie Krag (psykolog, Region Nord)` */
function whole({ people }: MinutesFacts, id: PersonId): Words {
	const person = people[id];
	if (!person) return text('board.someone');
	const profession = text(`profession.${person.profession}`);
	const place: Words = person.organisation ? { join: [profession, said(person.organisation)], by: ', ' } : profession;
	return text('minutes.person', { name: said(person.name), place });
}
