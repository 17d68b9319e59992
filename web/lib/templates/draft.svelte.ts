import { createContext } from 'svelte';
import { compareTemplates } from '../../../domain/programme/compare-templates.ts';
import type { Label, TemplateContent } from '../../../domain/programme/template.ts';
import type { TemplateDetail } from '../../../server/api/templates.ts';

/** A version as somebody writes it. It lives in the form until it is published; a refusal takes nothing of it. */
export class TemplateDraft {
	readonly key: string;
	content = $state() as TemplateContent;
	/** As people write a day. */
	validFrom = $state('');
	/** The newest version when this was begun, or when it was taken on top of a newer one. */
	base = $state.raw() as TemplateContent;
	baseVersion = $state(0);
	/** By the path of a field, why it was refused. */
	faults = $state.raw<ReadonlyMap<string, string>>(new Map());
	readonly changes = $derived.by(() => compareTemplates(this.base, this.content));
	#new = 0;

	constructor({ key, content, shown }: TemplateDetail, validFrom: string) {
		this.key = key;
		this.base = content;
		this.content = structuredClone(content);
		this.baseVersion = shown;
		this.validFrom = validFrom;
	}

	/** What is written stays; what it is compared with and published after is the newer version. */
	continueFrom({ content, shown }: TemplateDetail): void {
		this.base = content;
		this.baseVersion = shown;
	}

	newId(): string {
		this.#new += 1;
		return `+${this.#new}`;
	}

	/** A field that is written in again is not wrong until it is asked about again. */
	mend(path: string): void {
		if (!this.faults.has(path)) return;
		this.faults = new Map([...this.faults].filter(([at]) => at !== path));
	}

	/** Rows changed place: a path names another field now. */
	forgetFaults(): void {
		if (this.faults.size > 0) this.faults = new Map();
	}

	isWrongIn(path: string): boolean {
		return [...this.faults.keys()].some((at) => at.startsWith(`${path}.`));
	}
}

export function anEmptyLabel(): Label {
	return { da: '', en: '' };
}

const [useDraft, setDraft] = createContext<TemplateDraft>();
export { setDraft, useDraft };
