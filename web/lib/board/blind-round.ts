import type { PersonId } from '../../../domain/ids.ts';
import type { RatedAs } from '../../../domain/rating/rating.ts';
import type { RatingAnswer, RatingRoundView, RatingsView } from '../../../server/api/case-board.ts';

/** What one reader sees of one round, as the blind rating shows it. */
export interface BlindRound {
	/** What everybody calls the citizen. */
	readonly firstName: string;
	readonly me: PersonId;
	readonly people: RatingsView['people'];
	readonly round: RatingRoundView | undefined;
}

/** Somebody in the roll: the citizen first, then everybody who may answer or has. */
export interface RollEntry {
	readonly key: string;
	readonly name: string;
	/** For the initials. */
	readonly wholeName: string;
	readonly isCitizen: boolean;
	readonly isMine: boolean;
	readonly external: boolean;
	readonly answer: RatingAnswer | undefined;
}

export function rollOf({ firstName, me, people, round }: BlindRound): RollEntry[] {
	const answerOf = (id: PersonId | null) => round?.answers.find(({ personId }) => personId === id);
	const citizen = {
		key: 'citizen',
		name: firstName,
		wholeName: firstName,
		isCitizen: true,
		isMine: false,
		external: false,
		answer: answerOf(null),
	};
	const colleagues = people
		.filter(({ id, mayAnswer }) => mayAnswer || answerOf(id))
		.map(({ id, name, external }): RollEntry => {
			return {
				key: id,
				name: firstNameOf(name),
				wholeName: name,
				isCitizen: false,
				isMine: id === me,
				external,
				answer: answerOf(id),
			};
		});
	return [citizen, ...colleagues];
}

/** The answer one would change: one's own, or the citizen's. */
export function standingAnswer({ me, round }: BlindRound, as: RatedAs): RatingAnswer | undefined {
	return round?.answers.find(({ personId }) => personId === (as === 'citizen' ? null : me));
}

export function firstNameOf(name: string): string {
	return name.split(' ')[0] ?? name;
}
