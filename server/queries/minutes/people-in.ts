import type { PlacementProjection, TeamProjection } from '../../../board/project.ts';
import { isUuid, type PersonId } from '../../../domain/ids.ts';
import type { PartContent } from '../../log/snapshot.ts';

/** Keys under which rows name a person: who made, ended or chose something, and who owns or wrote it. */
const PERSON_KEYS = new Set(['by', 'authorId', 'raisedBy']);

/** Everybody a snapshot's rows name, owners among them. */
export function peopleIn(contents: readonly PartContent[]): readonly PersonId[] {
	const found = new Set<PersonId>();
	for (const { projection, observations } of contents) {
		collect({ observations }, found);
		if (projection) for (const id of peopleInRows(projection)) found.add(id);
	}
	return [...found];
}

/** Everybody the rows of a document name. */
export function peopleInRows(rows: TeamProjection | PlacementProjection): ReadonlySet<PersonId> {
	const found = new Set<PersonId>();
	collect(rows, found);
	for (const { owner } of owned(rows)) for (const { value } of owner.values) found.add(value);
	return found;
}

function owned(rows: TeamProjection | PlacementProjection) {
	return 'goal' in rows ? [...rows.tasks, ...rows.tracks, ...rows.decisions] : rows.tasks;
}

function collect(value: unknown, found: Set<PersonId>): void {
	if (Array.isArray(value)) for (const each of value) collect(each, found);
	else if (typeof value === 'object' && value !== null) {
		for (const [key, each] of Object.entries(value)) {
			if (PERSON_KEYS.has(key))
				for (const id of [each].flat()) if (typeof id === 'string' && isUuid(id)) found.add(id as PersonId);
			collect(each, found);
		}
	}
}
