// What a page loads right after it has started: a logout, what comes before one and what comes after.
export { enterLogout as enter } from './enter-logout.js';
export { finishLogout as finish } from './finish-logout.js';
export { followMarker as follow } from './follow-marker.js';
export { prepareLogout as prepare } from './prepare-logout.js';
