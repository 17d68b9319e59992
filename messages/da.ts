/** The Danish texts a page may need; the process's own words at start stand in start.json and never reach a browser. */
import admin from './da/admin.json' with { type: 'json' };
import basis from './da/basis.json' with { type: 'json' };
import board from './da/board.json' with { type: 'json' };
import cases from './da/cases.json' with { type: 'json' };
import common from './da/common.json' with { type: 'json' };
import problem from './da/problem.json' with { type: 'json' };
import profession from './da/profession.json' with { type: 'json' };
import signIn from './da/sign-in.json' with { type: 'json' };
import theme from './da/theme.json' with { type: 'json' };

const da = { admin, basis, board, cases, common, problem, profession, 'sign-in': signIn, theme };
/** The Danish catalogue says which texts there are. */
export type Catalogue = typeof da;
export default da;
