package com.example.trips;

/** What the saga carries along; room and seat are null until they are known. */
record Trip(String id, String city, String room, String seat) {

  Trip withRoom(Travel.RoomBooked booked) {
    return new Trip(id, city, booked.room(), seat);
  }

  Trip withSeat(Travel.TicketBought bought) {
    return new Trip(id, city, room, bought.seat());
  }
}
