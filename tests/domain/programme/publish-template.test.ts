import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../../domain/iso-week.ts';
import { defaultTemplate } from '../../../domain/programme/default-templates.ts';
import { listsOf } from '../../../domain/programme/faults.ts';
import { publishTemplate, type TemplateVersion } from '../../../domain/programme/publish-template.ts';
import { retireTemplate } from '../../../domain/programme/retire-template.ts';
import { templateContentSchema, type TemplateContent } from '../../../domain/programme/template.ts';

fc.configureGlobal({ seed: 20261125 });

const TODAY = '2026-11-25';
const template = defaultTemplate('parallel');
const aVersion = (over: Partial<TemplateVersion> = {}): TemplateVersion => ({
	version: 1,
	validFrom: '2026-01-01',
	validUntil: null,
	content: template,
	...over,
});
const label = (words: string) => ({ da: words, en: words });
const renamed: TemplateContent = { ...template, name: label('Nyt navn') };
const proposal = (content: TemplateContent = renamed, validFrom = '2027-01-01', baseVersion = 1) => ({
	baseVersion,
	validFrom,
	content,
});

describe('publishing a version', () => {
	test('follows the newest one, which ends the day before', () => {
		expect(publishTemplate([aVersion()], proposal(), TODAY)).toEqual({
			ok: true,
			value: {
				next: { version: 2, validFrom: '2027-01-01', validUntil: null, content: renamed },
				latestValidUntil: '2026-12-31',
			},
		});
	});

	test('lets a version that was retired earlier keep its last day', () => {
		const result = publishTemplate([aVersion({ validUntil: '2026-10-31' })], proposal(), TODAY);
		expect(result.ok && result.value.latestValidUntil).toBe('2026-10-31');
	});

	test.each([
		['another version was published meanwhile', proposal(renamed, '2027-01-01', 3), 'template-changed'],
		['the day has gone', proposal(renamed, '2026-11-24'), 'valid-from-in-the-past'],
		['the newest version begins later', proposal(renamed, '2026-11-30', 2), 'valid-from-before-latest'],
		['nothing is said otherwise', proposal(template, TODAY), 'nothing-changed'],
	])('is refused when %s', (_, input, code) => {
		const versions = [aVersion({ version: 2, validFrom: '2026-12-01' }), aVersion()] as const;
		const [one] = versions.slice(1) as [TemplateVersion];
		const result = publishTemplate(input.baseVersion === 2 ? versions : [one], input, TODAY);
		expect(result).toEqual({ ok: false, error: { code } });
	});

	test('refuses an id somebody made up, and one that was removed long ago', () => {
		const made = { ...template, milestones: [...template.milestones, { id: 'made-up', label: label('X') }] };
		expect(publishTemplate([aVersion()], proposal(made), TODAY)).toEqual({
			ok: false,
			error: { code: 'template-wrong', faults: [{ path: ['milestones', 11, 'id'], code: 'unknown-id' }] },
		});
	});

	test('gives what is new an id of its own, also where it is spoken of, and never one that any version had', () => {
		const without = { ...template, milestones: template.milestones.filter(({ id }) => id !== 'off-substances') };
		const again: TemplateContent = {
			...without,
			milestones: [...without.milestones, { id: '+1', label: { da: 'Afrusning', en: 'Off substances' } }],
			trackTypes: [
				...without.trackTypes,
				{ ...template.trackTypes[0]!, id: '+2', label: { da: 'Gæld på plads', en: 'Økonomi & gæld' } },
			],
			mechanisms: [{ ...template.mechanisms[0]!, id: '+3', trackType: '+2', milestone: '+1', problem: label('Gæld') }],
		};
		const result = publishTemplate(
			[aVersion({ version: 2, content: without }), aVersion()],
			proposal(again, '2027-01-01', 2),
			TODAY,
		);
		if (!result.ok) throw new Error(result.error.code);
		const { milestones, trackTypes, mechanisms } = result.value.next.content;
		expect([milestones.at(-1)?.id, trackTypes.at(-1)?.id]).toEqual(['off-substances-2', 'oekonomi-gaeld']);
		expect(mechanisms).toMatchObject([{ id: 'gaeld', trackType: 'oekonomi-gaeld', milestone: 'off-substances-2' }]);
		expect(templateContentSchema.parse(result.value.next.content)).toEqual(result.value.next.content);
	});
});

/** Something a person does to a template in the form. */
const anEdit = fc.record({
	list: fc.constantFrom<EditedList[]>('milestones', 'outcomes', 'contexts', 'referrers'),
	what: fc.constantFrom('add', 'remove', 'rename', 'move'),
	at: fc.nat(30),
	// Trimmed, as the schema of the command hands every word on.
	words: fc
		.string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
		.map((words) => words.trim())
		.filter((words) => words !== ''),
});

test('whatever is published, what a case started with stays as it was, and an id never comes back as something else', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(anEdit, fc.integer({ min: 0, max: 40 })), { minLength: 1, maxLength: 12 }), (edits) => {
			let versions: [TemplateVersion, ...TemplateVersion[]] = [aVersion()];
			const started = structuredClone(template);
			const everUsed = new Map<string, number>();
			for (const [edit, days] of edits) {
				const [latest] = versions;
				const content = edited(latest.content, edit);
				const result = publishTemplate(versions, proposal(content, addDays(TODAY, days), latest.version), TODAY);
				if (!result.ok) continue;
				const { next, latestValidUntil } = result.value;
				expect(latestValidUntil < next.validFrom).toBe(true);
				expect(templateContentSchema.parse(next.content)).toEqual(next.content);
				for (const { path, items } of listsOf(next.content))
					for (const { id } of items) {
						const key = `${path.join('.')} ${id}`;
						const last = everUsed.get(key);
						expect(last === undefined || last === latest.version).toBe(true);
						everUsed.set(key, next.version);
					}
				versions = [next, { ...latest, validUntil: latestValidUntil }, ...versions.slice(1)];
			}
			expect(versions.at(-1)?.content).toEqual(started);
			expect(new Set(versions.map(({ version }) => version)).size).toBe(versions.length);
		}),
		{ numRuns: 60 },
	);
});

type EditedList = 'milestones' | 'outcomes' | 'contexts' | 'referrers';

function edited(
	content: TemplateContent,
	{ list, what, at, words }: { list: EditedList; what: string; at: number; words: string },
): TemplateContent {
	const items = [...content[list]] as TemplateContent['milestones'];
	const index = at % Math.max(1, items.length);
	if (what === 'add') items.splice(index, 0, { ...(template[list][0] as (typeof items)[0]), id: '+1', label: label(words) });
	else if (what === 'remove') items.splice(index, 1);
	else if (what === 'rename' && items[index]) items[index] = { ...items[index], label: label(words) };
	else items.push(...items.splice(index, 1));
	const after = { ...content, [list]: items };
	const milestones = new Set(after.milestones.map(({ id }) => id));
	return { ...after, mechanisms: after.mechanisms.filter(({ milestone }) => milestones.has(milestone)) };
}

describe('retiring a template', () => {
	const planned = aVersion({ version: 2, validFrom: '2027-01-01' });
	const running = aVersion({ validUntil: '2026-12-31' });

	test('ends every version that would still be valid, the planned one too', () => {
		expect(retireTemplate([planned, running], { baseVersion: 2, from: '2026-12-01' }, TODAY)).toEqual({
			ok: true,
			value: [
				{ version: 2, validUntil: '2026-11-30' },
				{ version: 1, validUntil: '2026-11-30' },
			],
		});
	});

	test('leaves alone what ended earlier', () => {
		expect(retireTemplate([planned, running], { baseVersion: 2, from: '2027-06-01' }, TODAY)).toEqual({
			ok: true,
			value: [{ version: 2, validUntil: '2027-05-31' }],
		});
	});

	test.each([
		['another version was published meanwhile', { baseVersion: 1, from: TODAY }, 'template-changed'],
		['the day has gone', { baseVersion: 2, from: '2026-11-24' }, 'valid-from-in-the-past'],
	])('is refused when %s', (_, input, code) => {
		expect(retireTemplate([planned, running], input, TODAY)).toEqual({ ok: false, error: { code } });
	});

	test('is refused when it ends already', () => {
		const ended = aVersion({ validUntil: '2026-11-24' });
		expect(retireTemplate([ended], { baseVersion: 1, from: TODAY }, TODAY)).toEqual({
			ok: false,
			error: { code: 'already-ended' },
		});
	});
});
