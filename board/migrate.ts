/**
 * Steps from one shape to the next. Only the server migrates, before anybody is let in, as one update of its own;
 * a client whose shape is older than the document's is refused with 4426.
 */
import type * as Y from 'yjs';
import type { EditOrigin } from './edit-origin.ts';
import { readSchemaVersion } from './read.ts';
import type { DocumentKind } from './schema.ts';

export interface Migration {
	/** The version a document has after it; one more than before. */
	readonly to: number;
	/** Runs inside the one transaction of the whole migration. */
	readonly migrate: (kind: DocumentKind, doc: Y.Doc) => void;
}

/** In order, one for every version after the first. */
export const MIGRATIONS: readonly Migration[] = [
	// Decisions, the checklist's lines, dropped tasks: a document of version 1 has none of them, and nothing else moved.
	{ to: 2, migrate: () => undefined },
];

/**
 * Brings a document to the newest shape.
 *
 * @returns true when it changed the document; the caller stores the update and lets nobody in before
 */
export function migrateDocument(
	kind: DocumentKind,
	doc: Y.Doc,
	origin: EditOrigin = { source: 'server' },
	migrations: readonly Migration[] = MIGRATIONS,
): boolean {
	const from = readSchemaVersion(doc);
	const steps = migrations.filter((step) => from !== undefined && step.to > from);
	if (steps.length === 0) return false;
	doc.transact(() => {
		for (const step of steps) step.migrate(kind, doc);
		doc.getMap('meta').set('schemaVersion', steps.at(-1)!.to);
	}, origin);
	return true;
}
