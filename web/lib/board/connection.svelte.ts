/** What the page knows of its way to the server, judged by answers, never by whether a socket says it is open. */
export class Connection {
	/** Set once three seconds passed without an answer; the banner says since when. */
	offlineSince = $state.raw<Date | undefined>();
	/** False while the server is there but cannot store. */
	storing = $state(true);
	/** True once the page has heard from the server at all. */
	heard = $state(false);
	signedOut = $state(false);
	/** Set by whoever can try again at once. */
	retry: () => void = () => {};

	get online(): boolean {
		return this.offlineSince === undefined && this.storing;
	}
}
