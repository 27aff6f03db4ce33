using Eigenflow.Random;
using Eigenflow.Schedules;

namespace Eigenflow.Systems.PhaseRetrieval.Kernels;

/// <content>
/// The steps, by a team of threads: each takes a contiguous range of blocks, all meet once per sample, and every thread adds the partial sums of all blocks in their
/// order, so that all find the same factor without a second meeting.
/// </content>
internal sealed partial class OnlineSgdKernel<T>
{
    public bool Advance(long count, LearningRateSchedule schedule)
    {
        if (count <= 0)
            return Observe().S <= bound;
        var first = Step;
        var isBounded = true;
        var done = 0L;

        // Two sets of partial sums: a fast thread may begin the next sample while a slow one still reads those of this one.
        Partial[][] partials = [new Partial[blocks], new Partial[blocks]];
        var (frame, nextFrame) = (Frame, Frame);
        using var barrier = team > 1 ? new Barrier(team) : null;
        void Member(int index)
        {
            var (steps, bounded, reached) = Run(first, count, schedule, index, barrier, partials, frame);
            if (index == 0)
                (done, isBounded, nextFrame) = (steps, bounded, reached);
        }

        var others = Enumerable.Range(1, team - 1)
            .Select(index => Task.Factory.StartNew(() => Member(index), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Member(0);
        Task.WaitAll(others);
        (Step, Frame) = (first + done, nextFrame);
        return isBounded && Observe().S <= bound;
    }

    private (long Steps, bool IsBounded, int Frame) Run(long first, long count, LearningRateSchedule schedule, int index, Barrier? barrier, Partial[][] partials, int frame)
    {
        var from = (int)((long)blocks * index / team);
        var to = (int)((long)blocks * (index + 1) / team);
        var noise = new double[NoiseBuffer];
        var noiseStart = -1L;
        var hidden = hiddenScale > 0 ? new double[NoiseBuffer] : [];
        var hiddenStart = -1L;
        var factor = 0.0;
        var isBounded = true;
        var steps = 0L;
        while (steps < count && isBounded)
        {
            var learningRate = schedule.RateAt(first + steps);
            for (var b = 0; b < batch; b++)
            {
                var number = ((first + steps) * batch) + b;
                var address = new GaussianAddress(seed, RandomStreams.Samples, replica, number);
                var update = batch == 1 ? Update.Weights : b == 0 ? Update.Batch : Update.Gradient;
                var mine = partials[number & 1];
                var isLookedAt = b == 0 && (first + steps) % GuardInterval == 0;
                for (var block = from; block < to; block++)
                    mine[block] = Pass(block, factor, update, address, isLookedAt);
                barrier?.SignalAndWait();
                double student = 0, response = 0, linear = 0, quadratic = 0, square = 0;
                foreach (var part in mine)
                {
                    student += part.Student;
                    response += part.Teacher;
                    linear += part.Linear;
                    quadratic += part.Quadratic;
                    square += part.Square;
                }

                // The factor that brings a sample to the sphere.
                var length = square > 0 ? Math.Sqrt(size / square) : 1;
                var error = noiseScale != 0 ? noiseScale * Noise(RandomStreams.LabelNoise, number, noise, ref noiseStart) : 0;
                if (hiddenScale > 0)
                {
                    var unseen = hiddenScale * Noise(RandomStreams.HiddenLabel, number, hidden, ref hiddenStart);
                    error += unseen * ((2 * length * response) + unseen);
                }

                factor = -learningRate / batch * SgdSums.Slope(frame, length * student, length * response, error) * length;

                // The state before this step is looked at now and then; all threads see the same numbers, and stop or change the frame together, each in its own range.
                var s = frame == 0 ? quadratic : overlap + (2 * frame * linear) + quadratic;
                if (!double.IsFinite(factor) || (isLookedAt && !(s <= bound)))
                    (isBounded, factor) = (false, 0);
                if (!isBounded)
                    break;
                var next = isLookedAt ? SgdSums.NextFrame(frame, frame == 0 ? linear : frame * linear, quadratic, overlap) : frame;
                for (var block = from; block < to && next != frame; block++)
                    Recentre(block * Block, Math.Min(Block, padded - (block * Block)), frame, next);
                frame = next;
            }

            if (isBounded)
                steps++;
        }

        // Nothing stays pending: the state is that after the last step.
        for (var block = from; block < to; block++)
        {
            var start = block * Block;
            var length = Math.Min(Block, padded - start);
            if (isBounded)
                Apply(start, length, T.CreateTruncating(factor), batch == 1 ? Update.Weights : Update.Batch);
        }

        return (steps, isBounded, frame);
    }

    private double Noise(int stream, long number, double[] buffer, ref long start)
    {
        var wanted = number & ~(NoiseBuffer - 1L);
        if (start != wanted)
        {
            GaussianGenerator.Fill(new GaussianAddress(seed, stream, replica, 0), wanted, buffer);
            start = wanted;
        }

        return buffer[number - wanted];
    }

    public double Cumulant()
    {
        Span<T> values = state.Row(0), targets = teacher.Row(0);
        var sum = 0.0;
        for (var i = 0; i < size; i++)
        {
            var (value, target) = (double.CreateChecked(values[i]), double.CreateChecked(targets[i]));
            var difference = eigenvalues[i] * (Frame == 0 ? (value * value) - (target * target) : value * (value + (2 * Frame * target)));
            sum += difference * difference;
        }

        return sum;
    }
}
