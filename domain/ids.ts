import { UUID } from './uuid.ts';

export { idSchema } from './id-schema.ts';

declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

export type OrganisationId = Id<'organisation'>;
export type PersonId = Id<'person'>;
export type TeamId = Id<'team'>;
export type CitizenId = Id<'citizen'>;
export type CaseId = Id<'case'>;
export type PlacementId = Id<'placement'>;
export type AccessId = Id<'access'>;
export type TrackId = Id<'track'>;
export type TaskId = Id<'task'>;
export type DecisionId = Id<'decision'>;
export type AccommodationId = Id<'accommodation'>;
export type PauseId = Id<'pause'>;
export type DraftId = Id<'draft'>;
export type ObservationId = Id<'observation'>;
export type CommentId = Id<'comment'>;
export type RatingId = Id<'rating'>;
export type UnsentTextId = Id<'unsent-text'>;
export type TemplateVersionId = Id<'template-version'>;
export type DocumentId = Id<'document'>;
export type DataKeyId = Id<'data-key'>;
export type AssignmentId = Id<'assignment'>;
export type AmendmentId = Id<'amendment'>;
export type MeetingId = Id<'meeting'>;
export type SnapshotId = Id<'snapshot'>;
export type SnapshotPartId = Id<'snapshot-part'>;
export type MinutesAmendmentId = Id<'minutes-amendment'>;
export type WallScreenId = Id<'wall-screen'>;

export function isUuid(raw: string): boolean {
	return UUID.test(raw);
}

/**
 * Brands an id that has been parsed or made by us.
 * @throws {RangeError} if `raw` is not a lower-case UUID.
 */
export function asId<Kind extends Id<string>>(raw: string): Kind {
	if (!UUID.test(raw)) throw new RangeError(`Not an id: ${raw.slice(0, 64)}`);
	return raw as Kind; // safe: matched UUID above
}

/**
 * A UUID version 7 (RFC 9562, section 5.7).
 * @param nowMs milliseconds since 1970, the first 48 bits
 * @param random at least 10 random bytes
 */
export function uuidV7(nowMs: number, random: Uint8Array): string {
	const bytes = new Uint8Array(16);
	for (let index = 0; index < 6; index++) bytes[index] = Math.floor(nowMs / 2 ** (8 * (5 - index))) % 256;
	bytes.set(random.subarray(0, 10), 6);
	bytes[6] = (bytes[6]! & 0x0f) | 0x70;
	bytes[8] = (bytes[8]! & 0x3f) | 0x80;
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
