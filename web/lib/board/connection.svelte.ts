/** What the page knows of its way to the server, judged by answers, never by whether a socket says it is open. */
export class Connection {
	/** Set once three seconds passed without an answer; on the device's own clock. */
	offlineSince = $state.raw<Date | undefined>();
	/** False while the server is there but cannot store. */
	storing = $state(true);
	/** True once the page has heard from the server at all. */
	heard = $state(false);
	signedOut = $state(false);
	/** Set by whoever can try again at once. */
	retry: () => void = () => {};
	/** How far the server's clock is ahead of the device's, as far as the page was told. */
	aheadMs = 0;

	/** As the banner says it: on the server's clock, also where the device's is wrong. */
	get lostAt(): Date | undefined {
		return this.offlineSince && new Date(this.offlineSince.getTime() + this.aheadMs);
	}

	readonly lost = (): void => {
		this.offlineSince ??= new Date();
	};

	readonly back = (): void => {
		this.offlineSince = undefined;
	};

	get online(): boolean {
		return this.offlineSince === undefined && this.storing;
	}
}
