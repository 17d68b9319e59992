import seed from './default-template.json' with { type: 'json' };
import { templateContentSchema, type TemplateContent } from './template.ts';

/** Keys of the templates a new municipality starts with. */
export const DEFAULT_TEMPLATE_KEYS = ['parallel', 'released-prisoner'] as const;
export type DefaultTemplateKey = (typeof DEFAULT_TEMPLATE_KEYS)[number];

/**
 * A template to start from. Phases, the rating scale and the rules for placements are our own defaults, marked
 * `default-unverified`: a municipality's lawyer is to read them before anybody relies on them.
 */
export function defaultTemplate(key: DefaultTemplateKey): TemplateContent {
	return templateContentSchema.parse({ ...seed.common, ...seed.programmes[key] });
}
