import { calendar } from '../../src/services/calendar';
import { registerService } from '../../src/nodered/register';

export = registerService(calendar);
