/** The id is not in the dossiers; the session name is. */
export const NOTE_APP = 'SYNO.SDS.NoteStation.Application';
