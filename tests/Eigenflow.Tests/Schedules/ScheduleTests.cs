using Eigenflow.Schedules;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Schedules;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("constant", 20.0)]
    [InlineData("linear", 10.01)]
    public void Intrinsic_time_is_the_sum_of_the_rates_of_the_formula(string text, double expected) =>
        new LearningRateSchedule(ScheduleText.Parse(text), 0.02, 1000).TimeAt(1000).ShouldBe(expected, 1e-12);

    // The intrinsic times of the reference trajectories (docs/systems/functional-scaling-law.md).
    [Theory]
    [InlineData("constant", 0.2, null, null, 1000, 200)]
    [InlineData("cosine", 0.2, 0.0, null, 1000, 100.1)]
    [InlineData("wsd", 0.2, 0.002, 200L, 1000, 168.6984107)]
    [InlineData("exponential", 0.4, 0.004, null, 500, 43.19345765)]
    [InlineData("8-1-1", 0.1, null, null, 400, 33.66491106)]
    [InlineData("power:5", 0.3, 0.0, null, 600, 30.15020833)]
    public void Reference_times(string text, double peak, double? final, long? decay, long steps, double expected) =>
        new LearningRateSchedule(ScheduleText.Parse(text), peak, steps, final, decay).TimeAt(steps).ShouldBe(expected, 1e-9 * expected);

    [Fact]
    public void Rates_follow_the_formulas()
    {
        var span = new ScheduleSpan(0.8, 0.1, 100, 20);
        Rate("8-1-1", 79).ShouldBe(0.8);
        Rate("8-1-1", 80).ShouldBe(0.8 / Math.Sqrt(10), 1e-15);
        Rate("8-1-1", 90).ShouldBe(0.08, 1e-15);
        Rate("cyclic:4", 0).ShouldBe(0.1, 1e-15);
        Rate("cyclic:4", 12).ShouldBe(0.1 + (0.7 * 0.96), 1e-14);
        Rate("wsd", 80).ShouldBe(0.8);
        Rate("wsd", 90).ShouldBe(0.8 * Math.Sqrt(0.125), 1e-15);
        Rate("wsd:linear", 90).ShouldBe(0.45, 1e-15);
        Rate("inverse-root", 3).ShouldBe(0.4, 1e-15);
        Rate("quadratic", 60).ShouldBe(0.1 + (0.7 * 0.64), 1e-15);
        Rate("square", 60).ShouldBe(0.1 + (0.7 * 0.16), 1e-15);
        Rate("multicosine", 20).ShouldBe(0.1 + (0.35 * (1 + Math.Cos(0.6 * Math.PI))), 1e-15);
        Rate("multicosine:5", 20).ShouldBe(0.1, 1e-15);
        Rate("decay:0.2+linear", 80).ShouldBe(0.8);
        Rate("decay:0.2+linear", 90).ShouldBe(0.45, 1e-15);
        Rate("warmup:10+decay:0.5+linear", 55).ShouldBe(0.8);
        Rate("warmup:20+decay:0.5+linear", 80).ShouldBe(0.45, 1e-15);
        Rate("warmup:10+linear", 4).ShouldBe(0.4, 1e-15);
        Rate("warmup:10+linear", 10).ShouldBe(0.8, 1e-15);
        Rate("warmup:10+linear", 55).ShouldBe(0.45, 1e-15);
        Rate("step-decay:2:0.5", 50).ShouldBe(0.4);

        double Rate(string text, long step) => ScheduleText.Parse(text).RateAt(span, step);
    }

    [Fact]
    public void Geometric_halves_in_pieces_of_the_lengths_of_its_paper()
    {
        // T = 2000: h = 183 steps, then pieces of 168; the last rate is that of the eleventh halving.
        var shape = (GeometricShape)ScheduleText.Parse("geometric");
        shape.Lengths(2000).ShouldBe((183, 168));
        var schedule = new LearningRateSchedule(shape, 0.05, 2000);
        schedule.RateAt(182).ShouldBe(0.05);
        schedule.RateAt(183).ShouldBe(0.025);
        schedule.RateAt(183 + 167).ShouldBe(0.025);
        schedule.RateAt(183 + 168).ShouldBe(0.0125);
        schedule.RateAt(1999).ShouldBe(2.44140625e-5, 1e-20);
        var natural = new LearningRateSchedule(ScheduleText.Parse("geometric:e"), 1, 1000);
        natural.RateAt(144).ShouldBe(1);
        natural.RateAt(145).ShouldBe(Math.Exp(-1), 1e-15);
    }

    [Theory]
    [InlineData("constant")]
    [InlineData("linear")]
    [InlineData("power:2.5")]
    [InlineData("cosine")]
    [InlineData("exponential")]
    [InlineData("wsd")]
    [InlineData("wsd:linear")]
    [InlineData("wsd:square-root")]
    [InlineData("8-1-1")]
    [InlineData("step-decay:3:0.25:0.5")]
    [InlineData("cyclic:7")]
    [InlineData("geometric")]
    [InlineData("geometric:e")]
    [InlineData("geometric:3")]
    [InlineData("inverse-root")]
    [InlineData("warmup:30+wsd")]
    [InlineData("quadratic")]
    [InlineData("multicosine")]
    [InlineData("multicosine:7")]
    [InlineData("decay:0.25+cosine")]
    [InlineData("warmup:30+decay:0.25+quadratic")]
    public void The_canonical_text_reads_back_and_rates_stay_between_zero_and_the_peak(string text)
    {
        var shape = ScheduleText.Parse(text);
        shape.Text.ShouldBe(text);
        ScheduleText.Parse(shape.Text).ShouldBe(shape);
        var schedule = new LearningRateSchedule(shape, 0.3, 1000);
        var rates = schedule.ToArray();
        rates.Max().ShouldBeLessThanOrEqualTo(0.3 * (1 + 1e-15));
        rates.Min().ShouldBeGreaterThanOrEqualTo(0);
        rates.Max().ShouldBeGreaterThan(0.29);
    }

    [Property(MaxTest = 50)]
    public bool Times_do_not_depend_on_the_order_in_which_they_are_asked(PositiveInt seed)
    {
        var steps = 200_000L;
        var first = new LearningRateSchedule(new CosineShape(), 0.1, steps);
        var second = new LearningRateSchedule(new CosineShape(), 0.1, steps);
        var asked = (seed.Get * 7919L) % steps;
        _ = second.TimeAt(steps);
        return first.TimeAt(asked) == second.TimeAt(asked);
    }

    // Every part with two decimals, and thirds, on runs of every length up to 400: the first step at or after qK in exact arithmetic.
    [Fact]
    public void Parts_of_a_run_begin_at_the_step_that_exact_arithmetic_gives()
    {
        for (long steps = 1; steps <= 400; steps++)
        {
            for (long hundredth = 1; hundredth < 100; hundredth++)
            {
                var expected = ((hundredth * steps) + 99) / 100;
                SchedulePart.FirstStep(hundredth / 100.0, steps).ShouldBe(expected);
                SchedulePart.FirstStep(double.Parse($"0.{hundredth:00}", System.Globalization.CultureInfo.InvariantCulture), steps).ShouldBe(expected);
            }

            SchedulePart.FirstStep(1.0 / 3, steps).ShouldBe((steps + 2) / 3);
            SchedulePart.FirstStep(2.0 / 3, steps).ShouldBe(((2 * steps) + 2) / 3);
        }

        SchedulePart.FirstStep(0.55, 1_000_000_000_000).ShouldBe(550_000_000_000);
        SchedulePart.FirstStep(0.5000000001, 100).ShouldBe(51, "a part that is not a whole step begins after it");
    }

    [Theory]
    [InlineData("step-decay:2:0.55", 100, 55)]
    [InlineData("step-decay:2:0.07", 100, 7)]
    [InlineData("step-decay:10:0.29:0.58", 100, 29)]
    [InlineData("8-1-1", 10, 8)]
    [InlineData("warmup:100+step-decay:2:0.55", 200, 155)]
    public void A_decay_begins_at_its_step_and_not_one_late(string text, long steps, long first)
    {
        var schedule = new LearningRateSchedule(ScheduleText.Parse(text), 1, steps);
        schedule.RateAt(first - 1).ShouldBe(1);
        schedule.RateAt(first).ShouldBeLessThan(0.51);
    }

    [Fact]
    public void Batches_grow_at_their_step_and_not_one_late()
    {
        BatchSchedule.Parse("1*2@0.55").BatchAt(55, 100).ShouldBe(2);
        BatchSchedule.Parse("1*2@0.29*2@0.58").BatchAt(58, 100).ShouldBe(4);
    }

    // The last steps before a final rate of zero, where 1 − k/K and 1 + cos(πk/K) would have lost their digits.
    [Theory]
    [InlineData("linear", 1e-12, 1e-12)]
    [InlineData("power:3", 1e-12, 1e-36)]
    [InlineData("cosine", 1e-12, 2.4674011002723397e-24)]
    [InlineData("wsd:linear", 1e-12, 5e-12)]
    [InlineData("wsd:square-root", 1e-12, 2.5e-12)]
    public void The_last_rate_keeps_its_digits(string text, double part, double expected)
    {
        var steps = (long)(1 / part);
        new LearningRateSchedule(ScheduleText.Parse(text), 1, steps, 0).RateAt(steps - 1).ShouldBe(expected, 1e-11 * expected);
    }

    [Fact]
    public void A_triangle_of_many_has_all_its_digits()
    {
        // Step K − 1 of C triangles, C odd: the place is K − C, so that the rate is 2C/K.
        var schedule = new LearningRateSchedule(new CyclicShape(999), 1, 1_000_000_000_000_000, 0);
        schedule.RateAt(999_999_999_999_999).ShouldBe(2 * 999e-15, 1e-27);
        schedule.RateAt(0).ShouldBe(0);
    }

    [Theory]
    [InlineData("cosine")]
    [InlineData("exponential")]
    [InlineData("cyclic:3")]
    [InlineData("wsd")]
    [InlineData("linear")]
    [InlineData("warmup:3+inverse-root")]
    public void Beyond_the_last_step_its_rate_stays(string text)
    {
        var schedule = new LearningRateSchedule(ScheduleText.Parse(text), 1, 50);
        schedule.RateAt(80).ShouldBe(schedule.RateAt(49));
    }

    [Theory]
    [InlineData("cosin", "cosine")]
    [InlineData("power", "power:EXPONENT")]
    [InlineData("power:-1", "power:EXPONENT")]
    [InlineData("warmup:5", "warmup:STEPS+SHAPE")]
    [InlineData("warmup:5+warmup:5+linear", "one shape")]
    [InlineData("cyclic:0", "cyclic:CYCLES")]
    [InlineData("step-decay:2:0.9:0.5", "step-decay")]
    [InlineData("geometric:1", "geometric:BASE")]
    [InlineData("multicosine:2", "multicosine:HALF-TURNS")]
    [InlineData("decay:0.2", "decay:PART+SHAPE")]
    [InlineData("decay:0+linear", "decay:PART+SHAPE")]
    [InlineData("decay:0.2+wsd", "a late decay is linear")]
    public void Wrong_texts_name_what_is_allowed(string text, string expected) =>
        Should.Throw<ParameterException>(() => ScheduleText.Parse(text)).Message.ShouldContain(expected);

    [Theory]
    [InlineData("exponential", 0.1, 0.0, null, "final")]
    [InlineData("exponential", 0.1, 0.2, null, "final")]
    [InlineData("constant", 0.1, 0.05, null, "final")]
    [InlineData("cosine", 0.1, null, 5L, "decay-steps")]
    [InlineData("wsd", 0.1, null, 101L, "decay-steps")]
    [InlineData("wsd", 0.1, null, 0L, "decay-steps")]
    [InlineData("cosine", 0.0, null, null, "peak")]
    [InlineData("cosine", double.NaN, null, null, "peak")]
    [InlineData("warmup:90+wsd", 0.1, null, 20L, "schedule")]
    [InlineData("warmup:93+geometric", 0.1, null, null, "steps")]
    public void Sizes_that_do_not_fit_are_refused(string text, double peak, double? final, long? decay, string parameter) =>
        Should.Throw<ParameterException>(() => new LearningRateSchedule(ScheduleText.Parse(text), peak, 100, final, decay)).Parameter.ShouldBe(parameter);

    [Fact]
    public void A_table_holds_each_rate_until_the_next_step()
    {
        var path = Path.Combine(Path.GetTempPath(), $"eigenflow-rates-{Environment.ProcessId}.csv");
        try
        {
            File.WriteAllText(path, "step,learning_rate\n0,0.5\n10,0.25\n20,0\n");
            var shape = ScheduleText.Parse("file:" + path);
            var schedule = new LearningRateSchedule(shape, 1, 30);
            schedule.Peak.ShouldBe(0.5);
            schedule.RateAt(9).ShouldBe(0.5);
            schedule.RateAt(10).ShouldBe(0.25);
            schedule.RateAt(29).ShouldBe(0);
            schedule.TimeAt(30).ShouldBe(7.5, 1e-14);
            File.WriteAllText(path, "0.1\n0.2\n-0.1\n");
            Should.Throw<InputFileException>(() => ScheduleText.Parse("file:" + path)).Message.ShouldContain("row 3");
            File.WriteAllText(path, "0\n0\n");
            Should.Throw<InputFileException>(() => ScheduleText.Parse("file:" + path)).Message.ShouldContain("zero");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Batches_grow_at_their_parts()
    {
        var batch = BatchSchedule.Parse("8*4@0.5*2@0.75");
        batch.BatchAt(0, 100).ShouldBe(8);
        batch.BatchAt(49, 100).ShouldBe(8);
        batch.BatchAt(50, 100).ShouldBe(32);
        batch.BatchAt(75, 100).ShouldBe(64);
        batch.Largest.ShouldBe(64);
        foreach (var wrong in new[] { "0", "1.5", "x", "8*2", "8*2@1", "8*2@0.5*2@0.5", "8*2@0.5@1", "1e9*2@0.5" })
            Should.Throw<ParameterException>(() => BatchSchedule.Parse(wrong)).Parameter.ShouldBe("batch");
    }
}
