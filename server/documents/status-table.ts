import type { MinutesFacts } from '../../domain/meeting/minutes-facts.ts';
import { said, text, type Block, type Cell, type StatusMark, type Words } from './content.ts';

type TrackFacts = MinutesFacts['tracks'][number];

/** The week's status, one track a row; silence is drawn and never looks like zero. */
export function statusTable({ tracks }: MinutesFacts): readonly Block[] {
	if (tracks.length === 0) return [];
	return [
		{ kind: 'heading', words: text('minutes.heading.status') },
		{
			kind: 'table',
			columns: [
				{ words: text('minutes.column.track') },
				{ words: text('minutes.column.status') },
				{ words: text('minutes.column.came') },
				{ words: text('minutes.column.line'), isExtra: true },
			],
			rows: tracks.map(rowOf),
		},
	];
}

function rowOf(track: TrackFacts): readonly Cell[] {
	const name: Words = track.label ? { join: [{ label: track.type }, said(track.label)], by: ', ' } : { label: track.type };
	return [{ words: name }, statusOf(track), { words: cameOf(track) }, { words: lineOf(track), isExtra: true }];
}

function statusOf({ directions, attended, state, pausedFrom }: TrackFacts): Cell {
	const [first] = directions;
	if (directions.length > 1) return { words: { join: directions.map((each) => text(`common.status.${each}`)), by: ' / ' } };
	if (first) return marked(first);
	if (state === 'planned' || state === 'finished') return { words: text(`board.state.${state}`) };
	if (pausedFrom) return marked('paused');
	return attended.length > 0 ? { words: said('–') } : marked('silent');
}

function marked(mark: StatusMark): Cell {
	return { words: text(`common.status.${mark}`), mark };
}

function cameOf({ attended }: TrackFacts): Words {
	if (attended.length === 0) return said('–');
	return { join: attended.map(({ came, planned }) => text('board.lanes.cameOf', { came, planned })), by: ' / ' };
}

function lineOf({ line, pausedFrom, directions, attended, lastSaid }: TrackFacts): Words {
	if (line) return said(line);
	if (pausedFrom) return text('board.lanes.pausedSince', { week: { week: pausedFrom } });
	if (directions.length + attended.length > 0) return said('');
	return lastSaid ? text('minutes.silentSince', { week: { week: lastSaid } }) : text('minutes.neverSaid');
}
