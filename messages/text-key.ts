/**
 * Which texts there are, read from the Danish catalogue: a key nobody wrote does not compile.
 * `..._one` and `..._other` are two forms of one key.
 */
import type { Catalogue } from './da.ts';

type Form<Name extends string> = Name extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : Name;
type Path<Tree> = {
	[Name in keyof Tree & string]: Tree[Name] extends string ? Form<Name> : `${Name}.${Path<Tree[Name]>}`;
}[keyof Tree & string];

export type TextKey = Path<Catalogue>;
