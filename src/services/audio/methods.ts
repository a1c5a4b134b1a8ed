/**
 * Every public method of the .NET library `synologydotnet-audiostation`, in the order of audiostation.md 2, with the operation that does
 * the same.
 */
export const replaces = {
	library: 'synologydotnet-audiostation',
	methods: [
		{ method: 'SearchAsync', operation: 'audio.library.search' },
		{ method: 'ListFoldersAsync', operation: 'audio.folder.list' },
		{ method: 'ListAlbumsAsync', operation: 'audio.album.list' },
		{ method: 'GetAlbumCoverAsync', operation: 'audio.album.downloadCover' },
		{ method: 'SearchAlbumsByNameAsync', operation: 'audio.album.search' },
		{ method: 'ListArtistsAsync', operation: 'audio.artist.list' },
		{ method: 'SearchArtistsByGenreAsync', operation: 'audio.artist.listByGenre' },
		{ method: 'SearchArtistsByNameAsync', operation: 'audio.artist.search' },
		{ method: 'GetArtistCoverAsync', operation: 'audio.artist.downloadCover' },
		{ method: 'ListComposersAsync', operation: 'audio.composer.list' },
		{ method: 'SearchComposersByNameAsync', operation: 'audio.composer.search' },
		{ method: 'ListGenresAsync', operation: 'audio.genre.list' },
		{ method: 'SearchGenresByNameAsync', operation: 'audio.genre.search' },
		{ method: 'StartReIndex', operation: 'audio.library.startIndexing' },
		{ method: 'GetReIndexState', operation: 'audio.library.checkIndexing' },
		{ method: 'CreatePlaylistAsync', operation: 'audio.playlist.create' },
		{ method: 'DeletePlaylistAsync', operation: 'audio.playlist.delete' },
		{ method: 'ListPlaylistsAsync', operation: 'audio.playlist.list' },
		{ method: 'GetPlaylistAsync', operation: 'audio.playlist.listSongs' },
		{ method: 'AddSongsToPlaylist', operation: 'audio.playlist.addSongs' },
		{ method: 'RemoveSongsFromPlaylist', operation: 'audio.playlist.removeSongs' },
		{ method: 'ListSongsAsync', operation: 'audio.song.list' },
		{ method: 'SearchSongsByTitleAsync', operation: 'audio.song.search' },
		{ method: 'GetSongByIdAsync', operation: 'audio.song.get' },
		{ method: 'RateSongAsync', operation: 'audio.song.setRating' },
		{ method: 'StreamSongAsync', operation: 'audio.song.downloadCompressed' },
		{ method: 'GetSongFileTags', operation: 'audio.tag.get' },
		{ method: 'SetSongFileTags', operation: 'audio.tag.update' },
	],
} as const;
