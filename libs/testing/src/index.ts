export { testDatabase, type TestDatabase } from './database.js';
export { testRoom, type AuditEntry, type TestAnswer, type TestCall, type TestRoom } from './room.js';
export { FixedClock, fixedClock } from './fixed-clock.js';
export { aPrincipal, testToken, verifyTestToken } from './principal.js';
export { aFact, samplesOf } from './facts.js';
export { anAppointment, anArea, aPerson, disabled, type AppointmentGiven, type AreaGiven } from './directory.js';
export { eventually } from './eventually.js';
export { uncertified } from './certified.js';
export { zipBomb } from './zip-bomb.js';
