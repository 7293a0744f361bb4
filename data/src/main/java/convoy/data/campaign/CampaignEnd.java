package convoy.data.campaign;

import java.time.LocalDateTime;

/**
 * When a campaign ends, as its author writes it.
 *
 * @param at from then on it issues nothing more, by the clock of the schedule's time zone
 * @param then what becomes of what it has issued
 */
public record CampaignEnd(LocalDateTime at, EndAct then) {}
