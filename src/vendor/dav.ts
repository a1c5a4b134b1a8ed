export { davRequest } from 'tsdav';
