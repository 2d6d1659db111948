package corpusgen

import "strings"

// What names and sentences are made of.
var (
	onsets      = strings.Fields("b br c cl d dr f g gr h j k kl l m n p r s sk st t tr v w z")
	vowels      = strings.Fields("a e i o u ai ea ia ou")
	codas       = []string{"", "", "n", "r", "l", "s", "t", "m", "nd", "rk", "st"}
	townEndings = strings.Fields("ford haven borough stad wick mouth ton by dale port")
	bodyKinds   = strings.Split("Harbour Authority|City Council|Transport Union|Water Board|Court of Audit|Energy Agency|Steel Works|University|Chamber of Commerce|Health Service|Housing Trust|Railways", "|")
	roles       = strings.Split("Mayor|Minister|Governor|Director|Professor|Ambassador|Commissioner|Senator|Chief Executive|Spokesman|Judge|Secretary", "|")
	outlets     = strings.Split("The Harbour Ledger|Northgate Wire|Daily Meridian|Coastline Press|Valley Courier|Capital Bulletin|Open Desk News|The Evening Relay|Borderland Post|The Weekly Compass|Plain Dealer News|Eastern Herald", "|")
	months      = strings.Fields("January February March April May June July August September October November December")

	// A topic is a noun phrase that an event is about, a thing that is done
	// about it, and what is counted in it.
	topics = [][3]string{
		{"the night ferry", "to bring back the night ferry", "passengers"},
		{"the new tram line", "to extend the tram line", "riders"},
		{"the budget for schools", "to raise the budget for schools", "pupils"},
		{"the price of water", "to freeze the price of water", "households"},
		{"the flood barrier", "to strengthen the flood barrier", "houses"},
		{"the fishing quota", "to lower the fishing quota", "boats"},
		{"the border talks", "to resume the border talks", "delegates"},
		{"the strike at the docks", "to end the strike at the docks", "workers"},
		{"the hospital merger", "to halt the hospital merger", "patients"},
		{"the wind farm", "to approve the wind farm", "turbines"},
		{"the housing plan", "to revise the housing plan", "flats"},
		{"the museum loan", "to extend the museum loan", "paintings"},
		{"the data law", "to amend the data law", "complaints"},
		{"the grain shipment", "to release the grain shipment", "tonnes"},
		{"the airport noise rules", "to tighten the airport noise rules", "flights"},
		{"the forest fire", "to evacuate the valley", "residents"},
		{"the rail accident", "to open an inquiry into the rail accident", "passengers"},
		{"the harvest loan scheme", "to widen the harvest loan scheme", "farmers"},
		{"the mining licence", "to withdraw the mining licence", "miners"},
		{"the ceasefire", "to observe the ceasefire", "soldiers"},
		{"the trade agreement", "to sign the trade agreement", "exporters"},
		{"the prison reform", "to delay the prison reform", "inmates"},
		{"the vaccination drive", "to start the vaccination drive", "nurses"},
		{"the bridge repair", "to pay for the bridge repair", "drivers"},
	}
	adjectives = strings.Fields("long costly quiet open difficult narrow early final fresh heated brief steady careful sudden modest sharp")
	nouns      = strings.Fields("dispute hearing review vote contract proposal report meeting delay compromise warning inspection promise letter survey decision draft deadline schedule pledge")
	reasons    = strings.Split("because costs had risen|after months of delay|despite a warning from auditors|in spite of protests|after an inspection|because the money is missing|before the summer recess|in line with an earlier promise|without a public hearing|against the advice of its own experts", "|")
	quotations = strings.Split("We have heard promises before and we will wait for the contract|People who work late have paid for this long enough|There is no money for a second attempt this year|That is not what was agreed when we last met|We will look at every figure before anybody signs|This was a difficult decision and it was the right one|Nobody should expect results before the autumn|The work begins as soon as the weather allows it|What matters now is that both sides keep talking|We owe the families a clear answer", "|")
	fillers    = strings.Split("The mood in the town remained calm|Shops along the quay stayed open|Local papers had reported on the matter for weeks|A first attempt failed two years ago|The opposition called the plan too late and too small|Traffic was diverted for most of the afternoon|Few details of the draft have been made public|Both sides had exchanged letters before|The hearing drew more people than the hall could hold|An older law still applies in such cases", "|")
)
