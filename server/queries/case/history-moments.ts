import { isLoss } from '../../../board/edit/give-back.ts';
import type { FieldChange, Moment } from '../../../board/history.ts';
import { textRuleOf } from '../../../board/key-rules.ts';
import type { DocumentKind } from '../../../board/schema.ts';
import type { EpochStart } from '../../../db/repo/document-epoch.ts';
import type { ShownPersonRow } from '../../../db/repo/shown-person.ts';
import { isUuid, type PersonId } from '../../../domain/ids.ts';
import type { TemplateContent } from '../../../domain/programme/template.ts';
import { peopleInRows } from '../minutes/people-in.ts';
import type { HistoryChange, HistoryMoment, HistoryNames, RowsThen } from './history-view.ts';

export function viewMoment(
	kind: DocumentKind,
	{ fromMs, untilMs, changes, ...moment }: Moment,
	epochs: readonly EpochStart[],
): HistoryMoment {
	const epoch = epochs.find(({ firstSeq }) => firstSeq === moment.firstSeq);
	return {
		...moment,
		from: new Date(fromMs).toISOString(),
		until: new Date(untilMs).toISOString(),
		backTo: epoch?.backTo.toISOString() ?? null,
		changes: viewChanges(kind, changes),
	};
}

export function viewChanges(kind: DocumentKind, changes: readonly FieldChange[]): readonly HistoryChange[] {
	return changes
		.filter((change) => !isNamedByIt(change))
		.map((change) => ({
			...change,
			isText: textRuleOf(kind, change.field) !== undefined,
			canBeGivenBack: isLoss(kind, change),
		}));
}

/** The first words of a task or a decision are what it is called. */
function isNamedByIt({ field, before }: FieldChange): boolean {
	return before === undefined && /^(task|decision)\//.test(field);
}

/** Everybody the moments or the rows name. */
export function peopleNamed(
	moments: readonly Pick<Moment, 'personId' | 'changes'>[],
	rows: RowsThen | undefined,
): readonly PersonId[] {
	const found = new Set<PersonId>(rows ? peopleInRows(rows) : []);
	for (const { personId, changes } of moments) {
		if (personId) found.add(personId);
		for (const { field, before, after } of changes)
			if (field.endsWith('/owner')) for (const id of [before ?? [], after ?? []].flat()) if (isPersonId(id)) found.add(id);
	}
	return [...found];
}

function isPersonId(raw: unknown): raw is PersonId {
	return typeof raw === 'string' && isUuid(raw);
}

/** How things are called at the week's end: also what came after the moment that is shown has its name. */
export function namesThen(
	rows: RowsThen | undefined,
	people: readonly ShownPersonRow[],
	{ trackTypes }: Pick<TemplateContent, 'trackTypes'>,
): HistoryNames {
	const types = new Map(trackTypes.map(({ id, label }) => [id, label]));
	const plan = rows && 'goal' in rows ? rows : undefined;
	return {
		people: new Map(people.map(({ personId, name }) => [personId, name])),
		tracks: new Map(
			plan?.tracks.map(({ id, type, label }) => [
				id,
				{ type: types.get(type) ?? { da: type, en: type }, label: label.values[0]?.value ?? '' },
			]),
		),
		tasks: new Map(rows?.tasks.map(({ id, text }) => [id, text])),
		decisions: new Map(plan?.decisions.map(({ id, text }) => [id, text])),
	};
}
