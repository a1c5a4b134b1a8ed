/**
 * Sticker names that a reaction may have: standard emoji short names (chat.md 5.10). The NAS's own list was not captured and
 * is longer; a test may add to this one.
 */
export const stickers = new Set(
	`
	grinning smiley smile grin laughing satisfied sweat_smile rofl joy slightly_smiling_face upside_down_face wink blush
	innocent heart_eyes kissing_heart kissing yum stuck_out_tongue stuck_out_tongue_winking_eye hugging_face thinking
	thinking_face neutral_face expressionless no_mouth smirk unamused roll_eyes grimacing relieved pensive sleepy sleeping
	mask dizzy_face sunglasses nerd_face confused worried open_mouth hushed astonished flushed frowning anguished fearful
	cold_sweat cry sob scream confounded persevere disappointed sweat weary tired_face triumph rage angry skull poop ghost
	alien robot_face thumbsup +1 thumbsdown -1 ok_hand v crossed_fingers point_up point_down point_left point_right
	raised_hand wave clap raised_hands pray handshake muscle fist facepunch punch metal eyes eye brain heart orange_heart
	yellow_heart green_heart blue_heart purple_heart black_heart broken_heart two_hearts sparkling_heart star star2 sparkles
	boom fire zap snowflake sunny cloud umbrella rainbow coffee tea beer beers pizza hamburger cake birthday cookie apple
	tada balloon gift trophy medal soccer basketball guitar musical_note bell no_bell mega loudspeaker rocket airplane car
	bike house office hospital computer keyboard printer phone telephone email envelope inbox_tray outbox_tray package
	calendar date clipboard pushpin paperclip pencil pencil2 memo book books bookmark link lock unlock key hammer wrench
	gear bug mag bulb battery electric_plug hourglass alarm_clock stopwatch watch white_check_mark heavy_check_mark x
	negative_squared_cross_mark exclamation question grey_exclamation warning no_entry construction rotating_light recycle
	100 ok new up cool free sos red_circle large_blue_circle white_circle black_circle arrow_up arrow_down arrow_left
	arrow_right cat dog mouse bear panda_face monkey chicken penguin bird fish whale dolphin snail bee turtle octopus
	`
		.trim()
		.split(/\s+/),
);
