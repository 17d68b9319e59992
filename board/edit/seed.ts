import type * as Y from 'yjs';
import type { EditOrigin } from '../edit-origin.ts';
import { BOARD_SCHEMA_VERSION } from '../schema.ts';

/** Says which shape a new document has. Only the server calls it: clients never write `meta`. */
export function seedDocument(doc: Y.Doc, origin: EditOrigin = { source: 'server' }): void {
	doc.transact(() => doc.getMap('meta').set('schemaVersion', BOARD_SCHEMA_VERSION), origin);
}
