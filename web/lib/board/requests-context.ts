import { createContext } from 'svelte';
import type { CaseRequests } from './case-requests.ts';

const [useRequests, setRequests] = createContext<CaseRequests>();
export { setRequests, useRequests };
