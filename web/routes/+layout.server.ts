import { mayEditTemplates, mayLead } from '../../domain/policy.ts';
import { pageGateway } from '../page-gateway.ts';
import type { LayoutServerLoad } from './$types.ts';
import { PREFERENCES_DEPENDENCY } from '../lib/session/preference-forms.ts';

export const load: LayoutServerLoad = ({ locals, depends }) => {
	depends(PREFERENCES_DEPENDENCY);
	const { demo } = pageGateway();
	const { signedIn, language, theme } = locals;
	return {
		language,
		theme,
		me: signedIn && {
			personId: signedIn.actor.personId,
			name: signedIn.name,
			email: signedIn.email,
			profession: signedIn.actor.profession,
			organisationName: signedIn.organisationName,
			external: signedIn.external,
			leads: signedIn.actor.leads,
			readsPlans: mayLead(signedIn.actor.profession),
			mayAdminister: signedIn.actor.profession === 'admin',
			mayEditTemplates: mayEditTemplates(signedIn.actor, signedIn.hostId),
		},
		demo: demo && { organisationName: demo.organisationName },
	};
};
