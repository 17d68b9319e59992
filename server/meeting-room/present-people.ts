import type { MeetingId, PersonId } from '../../domain/ids.ts';

/** Who sits in which meeting now, over all their pages: somebody on laptop and phone is one person, and leaves with the last. */
export class PresentPeople {
	readonly #pages = new Map<MeetingId, Map<PersonId, Set<string>>>();

	/** True when they were not there before. @param page any word for one page */
	enter(meetingId: MeetingId, personId: PersonId, page: string): boolean {
		const people = this.#pages.get(meetingId) ?? new Map<PersonId, Set<string>>();
		this.#pages.set(meetingId, people);
		const pages = people.get(personId);
		if (pages) pages.add(page);
		else people.set(personId, new Set([page]));
		return pages === undefined;
	}

	/** True when they are gone: it was their last page. */
	leave(meetingId: MeetingId, personId: PersonId, page: string): boolean {
		const people = this.#pages.get(meetingId);
		const pages = people?.get(personId);
		if (!people || !pages?.delete(page) || pages.size > 0) return false;
		people.delete(personId);
		if (people.size === 0) this.#pages.delete(meetingId);
		return true;
	}

	in(meetingId: MeetingId): PersonId[] {
		return [...(this.#pages.get(meetingId)?.keys() ?? [])];
	}
}
