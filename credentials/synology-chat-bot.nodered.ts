import { registerBot } from '../src/nodered/bot';

export = registerBot;
