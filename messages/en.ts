/** The English texts a page may need; the process's own words at start stand in start.json and never reach a browser. */
import admin from './en/admin.json' with { type: 'json' };
import basis from './en/basis.json' with { type: 'json' };
import board from './en/board.json' with { type: 'json' };
import cases from './en/cases.json' with { type: 'json' };
import common from './en/common.json' with { type: 'json' };
import problem from './en/problem.json' with { type: 'json' };
import profession from './en/profession.json' with { type: 'json' };
import signIn from './en/sign-in.json' with { type: 'json' };
import theme from './en/theme.json' with { type: 'json' };

import type { Catalogue } from './da.ts';

const en: Catalogue = { admin, basis, board, cases, common, problem, profession, 'sign-in': signIn, theme };
export default en;
