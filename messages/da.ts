/** The Danish texts a page may need; the process's own words at start stand in start.json and never reach a browser. */
import admin from './da/admin.json' with { type: 'json' };
import basis from './da/basis.json' with { type: 'json' };
import board from './da/board.json' with { type: 'json' };
import caseload from './da/caseload.json' with { type: 'json' };
import cases from './da/cases.json' with { type: 'json' };
import common from './da/common.json' with { type: 'json' };
import decision from './da/decision.json' with { type: 'json' };
import deletion from './da/deletion.json' with { type: 'json' };
import history from './da/history.json' with { type: 'json' };
import keys from './da/keys.json' with { type: 'json' };
import meeting from './da/meeting.json' with { type: 'json' };
import minutes from './da/minutes.json' with { type: 'json' };
import opening from './da/opening.json' with { type: 'json' };
import placement from './da/placement.json' with { type: 'json' };
import problem from './da/problem.json' with { type: 'json' };
import profession from './da/profession.json' with { type: 'json' };
import programme from './da/programme.json' with { type: 'json' };
import ratings from './da/ratings.json' with { type: 'json' };
import signIn from './da/sign-in.json' with { type: 'json' };
import summary from './da/summary.json' with { type: 'json' };
import tasks from './da/tasks.json' with { type: 'json' };
import templates from './da/templates.json' with { type: 'json' };
import theme from './da/theme.json' with { type: 'json' };
import track from './da/track.json' with { type: 'json' };
import unsent from './da/unsent.json' with { type: 'json' };
import wall from './da/wall.json' with { type: 'json' };

const da = {
	admin,
	basis,
	board,
	caseload,
	cases,
	common,
	decision,
	deletion,
	history,
	keys,
	meeting,
	minutes,
	opening,
	placement,
	problem,
	profession,
	programme,
	ratings,
	'sign-in': signIn,
	summary,
	tasks,
	templates,
	theme,
	track,
	unsent,
	wall,
};
/** The Danish catalogue says which texts there are. */
export type Catalogue = typeof da;
export default da;
