import type { OrganisationId } from '../../../domain/ids.ts';
import type { QueryContext } from '../query-context.ts';

/** A query about the municipality as a whole also needs to know which. */
export interface HostQueryContext extends QueryContext {
	readonly signedIn: QueryContext['signedIn'] & { readonly hostId: OrganisationId };
}
