// What nearly every test includes beside base/precompiled.h. Not included by any file: the build passes it.
#pragma once

#include "base/precompiled.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
