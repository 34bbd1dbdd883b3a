"""What the application's role may do with the tables of incidents; `archive.rights` says what the words mean."""

from archive.rights import ADD, CHANGE, LINK, REVISE

TABLES = {
    "incidents_actor": CHANGE,
    "incidents_claim": CHANGE,
    "incidents_comment": ADD,
    "incidents_edition": ADD,
    "incidents_editorialevent": ADD,
    "incidents_facility": REVISE,
    "incidents_facilitytype": CHANGE,
    "incidents_identifierscheme": REVISE,
    "incidents_incident": REVISE,
    "incidents_incidentassignment": LINK,
    "incidents_incidentidentifier": REVISE,
    "incidents_incidentlink": REVISE,
    "incidents_incidenttag": LINK,
    "incidents_likelypair": ADD,
    "incidents_namemerge": ADD,
    "incidents_namemergeundone": ADD,
    "incidents_pairverdict": ADD,
    "incidents_publishedincident": REVISE,
    "incidents_publishedrecord": REVISE,
    "incidents_release": ADD,
    "incidents_speaker": CHANGE,
    "incidents_submission": ADD,
    "incidents_suggestionanswer": ADD,
    "incidents_summarysentence": CHANGE,
    "incidents_summarysentence_passages": LINK,
    "incidents_transfer": ADD,
    "incidents_warninganswer": ADD,
    "incidents_weapon": CHANGE,
}
