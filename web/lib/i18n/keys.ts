/**
 * Which texts there are, read from the Danish catalogue: a key nobody wrote does not compile.
 * `..._one` and `..._other` are two forms of one key.
 */
import type { Catalogue } from '../../../messages/da.ts';
import type { Preferences } from '../../preferences.ts';

export type Language = Preferences['language'];

type Form<Name extends string> = Name extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : Name;
type Path<Tree> = {
	[Name in keyof Tree & string]: Tree[Name] extends string ? Form<Name> : `${Name}.${Path<Tree[Name]>}`;
}[keyof Tree & string];

export type TextKey = Path<Catalogue>;
export type TextParameters = Readonly<Record<string, string | number>>;
/** Looks a text up. `count` chooses the plural form. */
export type Translate = (key: TextKey, parameters?: TextParameters) => string;
