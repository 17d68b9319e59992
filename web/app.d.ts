import type { SignedInPerson } from './page-gateway.ts';
import type { Preferences } from './preferences.ts';

declare global {
	namespace App {
		interface Locals extends Preferences {
			signedIn: SignedInPerson | undefined;
		}
		interface Error {
			message: string;
			code?: string;
		}
	}
}
