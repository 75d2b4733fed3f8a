// Why a contender is not measured. The message says more.

/** It is not installed. */
export class Absent extends Error {}

/** Memory, time or a limit of the device is too small for it. */
export class DoesNotFit extends Error {}

/** Its values are not what they must be. */
export class WrongValues extends Error {}
