import type { TextKey } from '../../../messages/text-key.ts';
import type { Preferences } from '../../preferences.ts';

export type { TextKey } from '../../../messages/text-key.ts';
export type Language = Preferences['language'];
export type TextParameters = Readonly<Record<string, string | number>>;
/** Looks a text up. `count` chooses the plural form. */
export type Translate = (key: TextKey, parameters?: TextParameters) => string;
