using Eigenflow.Schedules;
using Eigenflow.Systems.PhaseRetrieval;
using Eigenflow.Systems.PhaseRetrieval.Kernels;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class MeanFieldKernelTests
{
    [Theory]
    [InlineData(21, ModeRepresentation.Full)]
    [InlineData(400, ModeRepresentation.Compressed)]
    public void FusedPassAgreesWithTheFormulasEntryByEntry(int dimension, ModeRepresentation representation)
    {
        var modes = (Reference.Problem(dimension, 1.3) with { Teacher = Teacher.Gaussian(7), Start = Start.UnitSphere(3) }).Modes(representation);
        var kernel = new MeanFieldKernel(modes);
        var mean = (double[])modes.Start.Clone();
        var variance = new double[modes.Size];
        const double step = 0.02, gain = 0.003, g = 0.7, h = -0.2, intensity = 1.1, square = 2.3, cross = -0.4, constant = 0.9;
        for (var k = 0; k < 5; k++)
        {
            kernel.Update(step, gain, g, h, intensity, square, cross, constant);
            var owner = 0;
            var drive = new double[modes.Size];
            for (var j = 0; j < modes.Size; j++)
            {
                owner = j > 0 && modes.Counts[j] == 0 && modes.Eigenvalues[j] == modes.Eigenvalues[j - 1] ? owner : j;
                var (y, w, rate) = (mean[j], modes.Teacher[j], modes.Eigenvalues[j]);
                drive[owner] += modes.Weights[j] * 16 * rate * rate * ((square * y * y) + (2 * cross * y * w) + (constant * w * w));
                mean[j] += step * rate * ((g * y) + (h * w));
            }

            for (var j = 0; j < modes.Size; j++)
            {
                if (j > 0 && modes.Counts[j] == 0 && modes.Eigenvalues[j] == modes.Eigenvalues[j - 1])
                    continue;
                var rate = modes.Eigenvalues[j];
                var factor = 1 + (step * rate * g);
                variance[j] = (variance[j] * ((factor * factor) + (16 * gain * rate * rate * square))) + (gain * ((rate * intensity * modes.Counts[j]) + drive[j]));
            }
        }

        var linear = modes.Sum(j => modes.Weights[j] * modes.Eigenvalues[j] * mean[j] * modes.Teacher[j]);
        var quadratic = modes.Sum(j => modes.Eigenvalues[j] * ((modes.Weights[j] * mean[j] * mean[j]) + variance[j]));
        var near = modes.Sum(j => (modes.Weights[j] * Math.Pow(mean[j] - modes.Teacher[j], 2)) + variance[j]);
        kernel.Linear.ShouldBe(linear, 1e-13 * Math.Abs(quadratic));
        kernel.Quadratic.ShouldBe(quadratic, 1e-13 * quadratic);
        kernel.SquaredDistances(-1, 1).Near.ShouldBe(near, 1e-12 * near);

        // A step of size zero leaves no trace, nor does the teacher that comes and goes.
        kernel.SubtractTeacher(-1);
        kernel.AddTeacher(-1);
        kernel.Quadratic.ShouldBe(quadratic, 1e-13 * quadratic);
    }

    [Fact]
    public void DiscreteStepsAllocateNothing()
    {
        var modes = Reference.Problem(100, 2).Modes(ModeRepresentation.Full);
        var schedule = new LearningRateSchedule(new CosineShape(), 1e-4, 1_000_000);
        var theory = new MeanFieldRecursion(modes, schedule, 1, 0);
        var descent = new GradientDescentKernel(modes);
        theory.Advance(1).ShouldBeTrue();
        descent.Advance(1, schedule).ShouldBeTrue();

        // The least of several rounds: the runtime itself may allocate once on this thread, for code that it compiles again; steps would in every round.
        Enumerable.Range(0, 5).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            theory.Advance(1000);
            descent.Advance(1000, schedule);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }).ShouldBe(0);
    }
}
