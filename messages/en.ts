/** The English texts a page may need; the process's own words at start stand in start.json and never reach a browser. */
import admin from './en/admin.json' with { type: 'json' };
import basis from './en/basis.json' with { type: 'json' };
import board from './en/board.json' with { type: 'json' };
import caseload from './en/caseload.json' with { type: 'json' };
import cases from './en/cases.json' with { type: 'json' };
import common from './en/common.json' with { type: 'json' };
import decision from './en/decision.json' with { type: 'json' };
import deletion from './en/deletion.json' with { type: 'json' };
import history from './en/history.json' with { type: 'json' };
import keys from './en/keys.json' with { type: 'json' };
import meeting from './en/meeting.json' with { type: 'json' };
import minutes from './en/minutes.json' with { type: 'json' };
import opening from './en/opening.json' with { type: 'json' };
import placement from './en/placement.json' with { type: 'json' };
import problem from './en/problem.json' with { type: 'json' };
import profession from './en/profession.json' with { type: 'json' };
import programme from './en/programme.json' with { type: 'json' };
import ratings from './en/ratings.json' with { type: 'json' };
import signIn from './en/sign-in.json' with { type: 'json' };
import summary from './en/summary.json' with { type: 'json' };
import tasks from './en/tasks.json' with { type: 'json' };
import templates from './en/templates.json' with { type: 'json' };
import theme from './en/theme.json' with { type: 'json' };
import track from './en/track.json' with { type: 'json' };
import unsent from './en/unsent.json' with { type: 'json' };
import wall from './en/wall.json' with { type: 'json' };

import type { Catalogue } from './da.ts';

const en: Catalogue = {
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
export default en;
