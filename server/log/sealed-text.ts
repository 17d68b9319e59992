import { seal, unseal } from './seal.ts';

/** What a sealed text is, as part of its seal: with the row's id it fixes the text to its place. */
export const CITIZEN_TEXT = { name: 'citizen.name', birthDay: 'citizen.birth-day', cpr: 'citizen.cpr' } as const;
export const OBSERVATION_TEXT = {
	observation: 'observation',
	amendment: 'observation.amendment',
	comment: 'observation.comment',
} as const;
export const UNSENT_TEXT = 'unsent-text';
export const MINUTES_AMENDMENT = 'minutes.amendment';

export type TextKind =
	| (typeof CITIZEN_TEXT)[keyof typeof CITIZEN_TEXT]
	| (typeof OBSERVATION_TEXT)[keyof typeof OBSERVATION_TEXT]
	| typeof UNSENT_TEXT
	| typeof MINUTES_AMENDMENT;

/** @param id of the row it stands in */
export function sealText(key: Uint8Array, text: string, kind: TextKind, id: string): Buffer {
	return seal(key, Buffer.from(text), `${kind}:${id}`);
}

/** @throws {SealBroken} */
export function unsealText(key: Uint8Array, sealed: Uint8Array, kind: TextKind, id: string): string {
	return unseal(key, sealed, `${kind}:${id}`).toString();
}
