// The trainer's book: a one-day course on paper, in Vietnamese.
//
// Timetable, exercises from the scenario set, drills with planted faults, what a good team notices, and model
// answers at the end, so that the pages before can be copied for the trainees. Every answer is computed while
// the book is made.
#pragma once

#include "paper/document.h"

namespace kp {

/// Purpose: the book. Promise: the same document every time.
paper::Document make_book();

}  // namespace kp
